import { Backorder } from '@droplock/contracts/gateway/backorder'
import { releaseBackorder } from '@droplock/contracts/gateway/release-backorder'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentBackorder } from '../present/backorder.ts'

export function routeReleaseBackorder(app: Gateway): void {
  app.openapi(releaseBackorder, async (c) => {
    const { id } = c.req.valid('param')
    return reply(c, 200, Backorder, presentBackorder(await c.var.services.releaseBackorder(c.var.actor, id)))
  })
}
