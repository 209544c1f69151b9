import { OpenAPIHono } from '@hono/zod-openapi'
import { Money } from '../common/primitives.ts'
import { listFiles } from './list-files.ts'
import { Schedule } from './listings.ts'
import { operations } from './operations.ts'
import { SyncRun } from './sync-runs.ts'

const about = `The API of the operators' console, for the console itself and for people on call. Resellers use the reseller API.

The session is in a cookie; every change also needs the session's CSRF token. Each operation states the permission that it needs.
Lists have pages (\`page\`, \`per_page\`), an order (\`sort\`, \`order\`) and filters; \`total\` is the number of all matching items.
Every error is an RFC 9457 problem with a stable \`code\`.`

/** The OpenAPI 3.1 document of the operators' API. */
export function renderConsoleOpenApi(): object {
  const app = new OpenAPIHono()
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'droplock_session',
    description:
      'Set when signing in; its name starts with `__Host-` behind https. The scope of an operation is the permission that one of the roles must have.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'csrf', {
    type: 'apiKey',
    in: 'header',
    name: 'X-CSRF-Token',
    description: 'The `csrf_token` of the session',
  })
  // First, or the description of the first member of these kinds would become that of the shared schema.
  app.openAPIRegistry.register('Money', Money)
  app.openAPIRegistry.register('Schedule', Schedule)
  app.openAPIRegistry.register('SyncRun', SyncRun)
  for (const operation of Object.values(operations)) app.openAPIRegistry.registerPath(operation)
  for (const { operation } of listFiles) app.openAPIRegistry.registerPath(operation)
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Droplock operators API', version: '1.0.0', description: about },
    servers: [{ url: '/' }],
  })
}
