import { PlacedBackorder } from '@droplock/contracts/gateway/backorder'
import { placeBackorder } from '@droplock/contracts/gateway/place-backorder'
import { reply } from '@droplock/http/reply'
import type { Context } from 'hono'
import type { Environment, Gateway } from '../gateway.ts'
import { logPayment } from '../http/log-payment.ts'
import { readName } from '../http/read-name.ts'
import { presentHeld, presentSecured } from '../present/backorder.ts'
import { presentPayment } from '../present/payment.ts'

export function routePlaceBackorder(app: Gateway): void {
  app.openapi(placeBackorder, async (c) => {
    const { name, payment } = c.req.valid('json')
    const backorder = await ways[payment](c, readName(name))
    c.var.event.add({ backorder_id: backorder.id, name: backorder.name })
    c.header('Location', `/v1/backorders/${backorder.id}`)
    return reply(c, 201, PlacedBackorder, backorder)
  })
}

const ways = {
  balance: async (c: Context<Environment>, name: string) =>
    presentSecured(await c.var.services.placeBackorder(c.var.actor, { name, payment: 'balance' })),
  card: async (c: Context<Environment>, name: string) => {
    const { backorder, payment } = await c.var.services.holdBackorder(c.var.actor, name)
    logPayment(c, payment)
    return { ...presentHeld(backorder), payment: presentPayment(payment) }
  },
}
