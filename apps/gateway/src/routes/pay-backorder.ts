import { payBackorder } from '@droplock/contracts/gateway/pay-backorder'
import type { Gateway } from '../gateway.ts'
import { replyPayment } from '../http/reply-payment.ts'

export function routePayBackorder(app: Gateway): void {
  app.openapi(payBackorder, async (c) => {
    const { id } = c.req.valid('param')
    return replyPayment(c, await c.var.services.payBackorder(c.var.actor, id))
  })
}
