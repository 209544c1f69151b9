import { Backorder } from '@droplock/contracts/gateway/backorder'
import { placeBackorder } from '@droplock/contracts/gateway/place-backorder'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { readName } from '../http/read-name.ts'
import { presentSecured } from '../present/backorder.ts'

export function routePlaceBackorder(app: Gateway): void {
  app.openapi(placeBackorder, async (c) => {
    const { name, payment } = c.req.valid('json')
    const backorder = await c.var.services.placeBackorder(c.var.actor, { name: readName(name), payment })
    c.var.event.add({ backorder_id: backorder.id, name: backorder.name })
    c.header('Location', `/v1/backorders/${backorder.id}`)
    return reply(c, 201, Backorder, presentSecured(backorder))
  })
}
