import {
  approveRefund,
  completeRefund,
  getRefund,
  listRefunds,
  proposeRefund,
  Refund,
  RefundList,
  rejectRefund,
  retryRefund,
} from '@droplock/contracts/console/refund'
import { approveRefund as approve } from '@droplock/core/refunds/approve'
import { completeRefund as complete } from '@droplock/core/refunds/complete'
import { proposeRefund as propose } from '@droplock/core/refunds/propose'
import { getRefund as readRefund, listRefunds as readRefunds } from '@droplock/core/refunds/read'
import { rejectRefund as reject } from '@droplock/core/refunds/reject'
import { retryRefund as retry } from '@droplock/core/refunds/retry'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { presentRefund } from '../present/refund.ts'
import { given } from './given.ts'
import { sortedPagingOf } from './paging.ts'

export function routeRefunds(app: ConsoleApi): void {
  app.openapi(listRefunds, async (c) => {
    const query = c.req.valid('query')
    const { state, cause, q, backorder_id: backorderId } = query
    const { payment_id: paymentId, account_id: accountId } = query
    const { items, total } = await readRefunds(c.var.ctx, {
      ...sortedPagingOf(query),
      ...given({ state, cause, q, backorderId, paymentId, accountId }),
    })
    return reply(c, 200, RefundList, { items: items.map((item) => presentRefund(item)), total })
  })

  app.openapi(getRefund, async (c) =>
    reply(c, 200, Refund, presentRefund(await readRefund(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(proposeRefund, async (c) => {
    const body = c.req.valid('json')
    const id = await propose(c.var.ctx, {
      paymentId: body.payment_id,
      amountMinor: BigInt(body.amount_minor),
      reasonCode: body.reason_code,
      note: body.note,
      ...given({ destination: body.destination, notify: body.notify }),
    })
    c.var.event.add({ refund_id: id, payment_id: body.payment_id })
    c.header('Location', `/api/refunds/${id}`)
    return reply(c, 201, Refund, presentRefund(await readRefund(c.var.ctx, id)))
  })

  app.openapi(completeRefund, async (c) => {
    const body = c.req.valid('json')
    const id = await complete(c.var.ctx, {
      paymentId: body.payment_id,
      amountMinor: BigInt(body.amount_minor),
      reasonCode: body.reason_code,
      note: body.note,
      ...given({ notify: body.notify }),
    })
    c.var.event.add({ refund_id: id, payment_id: body.payment_id })
    c.header('Location', `/api/refunds/${id}`)
    return reply(c, 201, Refund, presentRefund(await readRefund(c.var.ctx, id)))
  })

  app.openapi(retryRefund, async (c) => {
    const { note, destination } = c.req.valid('json')
    const refundId = c.req.valid('param').id
    const id = await retry(c.var.ctx, { refundId, note, ...given({ destination }) })
    c.var.event.add({ refund_id: id, retries_refund_id: refundId })
    c.header('Location', `/api/refunds/${id}`)
    return reply(c, 201, Refund, presentRefund(await readRefund(c.var.ctx, id)))
  })

  app.openapi(approveRefund, async (c) => {
    const refundId = c.req.valid('param').id
    c.var.event.add({ refund_id: refundId })
    const { note, terms_hash: seenHash } = c.req.valid('json')
    await approve(c.var.ctx, { refundId, seenHash, ...given({ note }) })
    return reply(c, 200, Refund, presentRefund(await readRefund(c.var.ctx, refundId)))
  })

  app.openapi(rejectRefund, async (c) => {
    const refundId = c.req.valid('param').id
    c.var.event.add({ refund_id: refundId })
    await reject(c.var.ctx, { refundId, note: c.req.valid('json').note })
    return reply(c, 200, Refund, presentRefund(await readRefund(c.var.ctx, refundId)))
  })
}
