import { topUp } from '@droplock/contracts/gateway/top-up'
import type { Gateway } from '../gateway.ts'
import { replyPayment } from '../http/reply-payment.ts'

export function routeTopUp(app: Gateway): void {
  app.openapi(topUp, async (c) => {
    const { amount_minor } = c.req.valid('json')
    return replyPayment(c, await c.var.services.topUp(c.var.actor, BigInt(amount_minor)))
  })
}
