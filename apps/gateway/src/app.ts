import { isRequestEnded, isUnreachable } from '@droplock/core/database/errors'
import { databaseTime } from '@droplock/core/database/time'
import { mountErrorPages } from '@droplock/http/error-pages'
import { mountHealth } from '@droplock/http/health'
import { requireWellFormed } from '@droplock/http/limit-body'
import { observe } from '@droplock/http/observe'
import { onErrorOf, onInvalid, refuse } from '@droplock/http/refuse'
import { Refusal } from '@droplock/rules/refusals'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Dependencies, Environment, Gateway } from './gateway.ts'
import { mountOperations } from './operations.ts'
import { mountDocs } from './pages/docs.ts'
import { layOut } from './pages/layout.ts'
import { mountPaymentEvents } from './resources/payment-events.ts'

/** The whole HTTP surface, without a server: a function from request to response. */
export function createApp(dependencies: Dependencies): Gateway {
  const app = new OpenAPIHono<Environment>({ defaultHook: onInvalid })
  app.onError(onErrorOf({ isUnreachable, isOver: isRequestEnded }))
  app.notFound((c) => refuse(c, new Refusal('not_found', 'There is nothing at this path.')))
  app.use(observe(dependencies))
  app.use(requireWellFormed)
  mountHealth(app, { draining: dependencies.draining, probe: () => probeAll(dependencies) })
  mountDocs(app)
  mountErrorPages(app, (title, content) => layOut({ title, body: content }))
  mountOperations(app, dependencies)
  mountPaymentEvents(app, dependencies)
  return app
}

function probeAll({ modes }: Dependencies): Promise<unknown> {
  return Promise.all(
    Object.values(modes).map(async ({ ctx, isServed }) => {
      if (isServed?.() === false) throw new Error('the seller is of the other mode')
      return databaseTime(ctx.db)
    }),
  )
}
