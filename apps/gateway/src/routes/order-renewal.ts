import { orderRenewal } from '@droplock/contracts/gateway/order-renewal'
import { OrderedRenewal } from '@droplock/contracts/gateway/renewal'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { logPayment } from '../http/log-payment.ts'
import { presentOrderedRenewal } from '../present/renewal.ts'

export function routeOrderRenewal(app: Gateway): void {
  app.openapi(orderRenewal, async (c) => {
    const { id: backorderId } = c.req.valid('param')
    const { years, payment, price, expires_at } = c.req.valid('json')
    const ordered = await c.var.services.orderRenewal(c.var.actor, {
      backorderId,
      years,
      payment,
      quoted: {
        priceMinor: BigInt(price.amount_minor),
        currency: price.currency,
        expiresAt: new Date(expires_at),
      },
    })
    const { renewal } = ordered
    c.var.event.add({ renewal_id: renewal.id, name: renewal.name })
    if (ordered.payment !== undefined) logPayment(c, ordered.payment)
    c.header('Location', `/v1/renewals/${renewal.id}`)
    return reply(c, 201, OrderedRenewal, presentOrderedRenewal(ordered))
  })
}
