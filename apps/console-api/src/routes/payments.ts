import { getPayment, listPayments, PaymentDetail, PaymentList } from '@droplock/contracts/console/payment'
import { getPaymentCase, listPaymentCases } from '@droplock/core/cases/payments'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { presentPayment, presentPaymentCase } from '../present/payment.ts'
import { given } from './given.ts'
import { sortedPagingOf } from './paging.ts'

export function routePayments(app: ConsoleApi): void {
  app.openapi(listPayments, async (c) => {
    const query = c.req.valid('query')
    const { state, method, q, account_id: accountId } = query
    const { items, total } = await listPaymentCases(c.var.ctx, {
      ...sortedPagingOf(query),
      ...given({ state, method, q, accountId }),
    })
    return reply(c, 200, PaymentList, { items: items.map((item) => presentPayment(item)), total })
  })

  app.openapi(getPayment, async (c) => {
    const payment = await getPaymentCase(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, PaymentDetail, presentPaymentCase(payment))
  })
}
