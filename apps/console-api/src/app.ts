import { renderConsoleOpenApi } from '@droplock/contracts/console/openapi'
import { isRequestEnded, isUnreachable } from '@droplock/core/database/errors'
import { databaseTime } from '@droplock/core/database/time'
import { mountErrorPages } from '@droplock/http/error-pages'
import { mountHealth } from '@droplock/http/health'
import { requireWellFormed } from '@droplock/http/limit-body'
import { observe } from '@droplock/http/observe'
import { onErrorOf, onInvalid, refuse } from '@droplock/http/refuse'
import { fileOnce, prepareFile, sendFile } from '@droplock/http/static-file'
import { Refusal } from '@droplock/rules/refusals'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { ConsoleApi, Dependencies, Environment } from './console-api.ts'
import { mountConsole } from './pages/console.ts'
import { mountProviderCallback } from './pages/provider-callback.ts'
import { mountOperations } from './routes/mount-operations.ts'

/** The whole HTTP surface, without a server: a function from request to response. */
export function createApp(dependencies: Dependencies): ConsoleApi {
  const { ctx, draining, settings } = dependencies
  const document = fileOnce(() => prepareFile(JSON.stringify(renderConsoleOpenApi()), 'application/json'))
  const app = new OpenAPIHono<Environment>({ defaultHook: onInvalid })
  app.onError(onErrorOf({ isUnreachable, isOver: isRequestEnded }))
  app.notFound((c) => refuse(c, new Refusal('not_found', 'There is nothing at this path.')))
  app.use(observe(dependencies))
  app.use(requireWellFormed)
  mountHealth(app, { draining, probe: () => databaseTime(ctx.db) })
  app.get('/console-openapi.json', async (c) => sendFile(c, await document()))
  mountErrorPages(app)
  mountOperations(app, dependencies)
  mountProviderCallback(app, dependencies)
  mountConsole(app, settings.consoleFolder)
  return app
}
