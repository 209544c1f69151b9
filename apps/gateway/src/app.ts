import { Refusal } from '@droplock/rules/refusals'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Dependencies, Environment, Gateway } from './gateway.ts'
import { observe } from './http/observe.ts'
import { onInvalid } from './http/on-invalid.ts'
import { onError, refuse } from './http/refuse.ts'
import { mountDocs } from './pages/docs.ts'
import { mountErrorPages } from './pages/errors.ts'
import { mountHealth } from './pages/health.ts'
import { mountOperations } from './routes/mount-operations.ts'

/** The whole HTTP surface, without a server: a function from request to response. */
export function createApp(dependencies: Dependencies): Gateway {
  const app = new OpenAPIHono<Environment>({ defaultHook: onInvalid })
  app.onError(onError)
  app.notFound((c) => refuse(c, new Refusal('not_found', 'There is nothing at this path.')))
  app.use(observe(dependencies))
  mountHealth(app, dependencies)
  mountDocs(app)
  mountErrorPages(app)
  mountOperations(app, dependencies)
  return app
}
