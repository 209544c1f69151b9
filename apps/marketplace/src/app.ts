import { isRequestEnded, isUnreachable } from '@droplock/core/database/errors'
import { databaseTime } from '@droplock/core/database/time'
import { mountHealth } from '@droplock/http/health'
import { requireWellFormed } from '@droplock/http/limit-body'
import { observe } from '@droplock/http/observe'
import { onErrorOf, refuse } from '@droplock/http/refuse'
import { Refusal } from '@droplock/rules/refusals'
import { Hono } from 'hono'
import type { Dependencies, Environment, Marketplace } from './marketplace.ts'
import { mountAuth } from './server/mount-auth.ts'
import { mountFiles } from './server/mount-files.ts'
import { mountGateway } from './server/mount-gateway.ts'
import { mountMails, mountUnsubscribe } from './server/mount-mails.ts'
import { mountPages } from './server/mount-pages.ts'
import { mountPeople } from './server/mount-people.ts'
import { requireSameOrigin } from './server/secure.ts'
import { openSessions } from './server/sessions.ts'
import { openVisitors } from './server/visitors.ts'

/** The whole HTTP surface, without a server: a function from request to response. */
export function createApp(dependencies: Dependencies): Marketplace {
  const { ctx, auth, keys, gateway, draining, settings } = dependencies
  const sessions = openSessions(ctx, auth, keys)
  const visitors = openVisitors(ctx, gateway, keys)
  const app = new Hono<Environment>()
  app.onError(onErrorOf({ isUnreachable, isOver: isRequestEnded }))
  app.notFound((c) => refuse(c, new Refusal('not_found', 'There is nothing at this path.')))
  app.use(observe(dependencies))
  app.use(requireWellFormed)
  mountUnsubscribe(app, dependencies)
  app.use(requireSameOrigin(settings.origin))
  mountHealth(app, { draining, probe: () => databaseTime(ctx.db) })
  mountAuth(app, dependencies, visitors)
  mountPeople(app, dependencies, sessions)
  mountMails(app, dependencies, sessions)
  mountGateway(app, dependencies, { sessions, visitors })
  mountFiles(app, dependencies, { sessions, visitors })
  mountPages(app, dependencies, { sessions, visitors })
  return app
}
