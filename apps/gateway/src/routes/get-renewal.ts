import { getRenewal } from '@droplock/contracts/gateway/get-renewal'
import { Renewal } from '@droplock/contracts/gateway/renewal'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentRenewal } from '../present/renewal.ts'

export function routeGetRenewal(app: Gateway): void {
  app.openapi(getRenewal, async (c) => {
    const { id } = c.req.valid('param')
    return reply(c, 200, Renewal, presentRenewal(await c.var.services.getRenewal(c.var.actor, id)))
  })
}
