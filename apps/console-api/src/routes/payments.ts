import { getPayment, listPayments, PaymentDetail, PaymentList } from '@droplock/contracts/console/payment'
import { getPaymentCase, listPaymentCases, type PaymentRow } from '@droplock/core/cases/payments'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { sortedPageOf } from './paging.ts'

export function routePayments(app: ConsoleApi): void {
  app.openapi(listPayments, async (c) => {
    const { items, ...counts } = await listPaymentCases(c.var.ctx, sortedPageOf(c.req.valid('query')))
    return reply(c, 200, PaymentList, {
      items: items.map((item) => wire(withRemaining(item))),
      ...wire(counts),
    })
  })

  app.openapi(getPayment, async (c) => {
    const payment = await getPaymentCase(c.var.ctx, c.req.valid('param').id)
    const { limitMinor, aloneBeforeMinor } = payment.alone
    // A limit that was lowered may be below what was refunded under it.
    const aloneLeftMinor = limitMinor > aloneBeforeMinor ? limitMinor - aloneBeforeMinor : 0n
    const shown = wire({ ...withRemaining(payment), aloneLimitMinor: limitMinor, aloneLeftMinor })
    return reply(c, 200, PaymentDetail, shown)
  })
}

function withRemaining<Payment extends PaymentRow>(payment: Payment) {
  return { ...payment, remainingMinor: payment.capturedMinor - payment.refundedMinor }
}
