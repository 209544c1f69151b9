import { getPayment } from '@droplock/contracts/gateway/get-payment'
import { PaymentDetail } from '@droplock/contracts/gateway/payment'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { logPayment } from '../http/log-payment.ts'
import { presentPayment, presentRefund } from '../present/payment.ts'

export function routeGetPayment(app: Gateway): void {
  app.openapi(getPayment, async (c) => {
    const { id } = c.req.valid('param')
    const payment = await c.var.services.getPayment(c.var.actor, id)
    logPayment(c, payment)
    return reply(c, 200, PaymentDetail, {
      ...presentPayment(payment),
      refunds: payment.refunds.map(presentRefund),
    })
  })
}
