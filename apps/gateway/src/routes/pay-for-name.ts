import { payForName } from '@droplock/contracts/gateway/pay-for-name'
import type { Gateway } from '../gateway.ts'
import { readName } from '../http/read-name.ts'
import { replyPayment } from '../http/reply-payment.ts'

export function routePayForName(app: Gateway): void {
  app.openapi(payForName, async (c) => {
    const name = readName(c.req.valid('json').name)
    c.var.event.add({ name })
    return replyPayment(c, await c.var.services.payForName(c.var.actor, name))
  })
}
