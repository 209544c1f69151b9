import { BackorderDetail } from '@droplock/contracts/gateway/backorder'
import { getBackorder } from '@droplock/contracts/gateway/get-backorder'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentCase } from '../present/evidence.ts'

export function routeGetBackorder(app: Gateway): void {
  app.openapi(getBackorder, async (c) => {
    const { id } = c.req.valid('param')
    return reply(c, 200, BackorderDetail, presentCase(await c.var.services.getBackorder(c.var.actor, id)))
  })
}
