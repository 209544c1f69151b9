import { payRenewal } from '@droplock/contracts/gateway/pay-renewal'
import type { Gateway } from '../gateway.ts'
import { replyPayment } from '../http/reply-payment.ts'

export function routePayRenewal(app: Gateway): void {
  app.openapi(payRenewal, async (c) => {
    const { id } = c.req.valid('param')
    return replyPayment(c, await c.var.services.payRenewal(c.var.actor, id))
  })
}
