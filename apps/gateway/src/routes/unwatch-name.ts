import { unwatchName } from '@droplock/contracts/gateway/watches'
import type { Gateway } from '../gateway.ts'
import { readName } from '../http/read-name.ts'

export function routeUnwatchName(app: Gateway): void {
  app.openapi(unwatchName, async (c) => {
    await c.var.services.unwatchName(c.var.actor, readName(c.req.valid('param').name))
    return c.body(null, 204)
  })
}
