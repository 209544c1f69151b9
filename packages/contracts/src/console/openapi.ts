import { OpenAPIHono } from '@hono/zod-openapi'
import { Money } from '../common/primitives.ts'
import { Schedule } from './listings.ts'
import { operations } from './operations.ts'
import { SyncRun } from './sync-runs.ts'

const about = `What the operators' console runs on. It is for the console and for people on call, not for resellers.

Who is signed in is kept in a cookie; every change also needs the session's CSRF token. Each operation names the permission it
needs beside its security. Lists are pages: \`page\`, \`per_page\`, \`sort\`, \`order\` and filters; \`total\` counts all that match.
Every refusal is an RFC 9457 problem with a stable \`code\`.`

/** The OpenAPI 3.1 document of the operators' API. */
export function renderConsoleOpenApi(): object {
  const app = new OpenAPIHono()
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'droplock_session',
    description:
      'Set by signing in; behind https its name starts with `__Host-`. Beside it stands the permission that one of the roles must have.',
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
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Droplock operators API', version: '1.0.0', description: about },
    servers: [{ url: '/' }],
  })
}
