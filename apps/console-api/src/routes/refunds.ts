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
import {
  approveRefundBatch,
  getRefundQueue,
  previewRefundBatch,
  RefundBatch,
  RefundBatchResult,
  RefundQueue,
} from '@droplock/contracts/console/refund-batch'
import { listRefundLimits, RefundLimitList, setRefundLimit } from '@droplock/contracts/console/refund-limit'
import type { StaffContext } from '@droplock/core/context'
import { approveRefund as approve } from '@droplock/core/refunds/approve'
import { approveRefundBatch as approveBatch } from '@droplock/core/refunds/approve-batch'
import { completeRefund as complete } from '@droplock/core/refunds/complete'
import { previewRefundBatch as previewBatch } from '@droplock/core/refunds/preview-batch'
import { proposeRefund as propose } from '@droplock/core/refunds/propose'
import {
  listRefundLimits as readLimits,
  getRefund as readRefund,
  listRefunds as readRefunds,
} from '@droplock/core/refunds/read'
import { readRefundQueue } from '@droplock/core/refunds/read-queue'
import { rejectRefund as reject } from '@droplock/core/refunds/reject'
import { retryRefund as retry } from '@droplock/core/refunds/retry'
import { setRefundLimit as setLimit } from '@droplock/core/refunds/set-limit'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { sortedPageOf } from './paging.ts'

export function routeRefunds(app: ConsoleApi): void {
  app.openapi(listRefunds, async (c) => {
    return reply(c, 200, RefundList, wire(await readRefunds(c.var.ctx, sortedPageOf(c.req.valid('query')))))
  })

  app.openapi(getRefund, async (c) =>
    reply(c, 200, Refund, wire(await readRefund(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(proposeRefund, async (c) => {
    const proposal = fromWire(c.req.valid('json'))
    const id = await propose(c.var.ctx, proposal)
    c.var.event.add({ refund_id: id, payment_id: proposal.paymentId })
    c.header('Location', `/api/refunds/${id}`)
    return reply(c, 201, Refund, wire(await readRefund(c.var.ctx, id)))
  })

  app.openapi(completeRefund, async (c) => {
    const refund = fromWire(c.req.valid('json'))
    const id = await complete(c.var.ctx, refund)
    c.var.event.add({ refund_id: id, payment_id: refund.paymentId })
    c.header('Location', `/api/refunds/${id}`)
    return reply(c, 201, Refund, wire(await readRefund(c.var.ctx, id)))
  })

  app.openapi(retryRefund, async (c) => {
    const refundId = c.req.valid('param').id
    const id = await retry(c.var.ctx, { refundId, ...fromWire(c.req.valid('json')) })
    c.var.event.add({ refund_id: id, retries_refund_id: refundId })
    c.header('Location', `/api/refunds/${id}`)
    return reply(c, 201, Refund, wire(await readRefund(c.var.ctx, id)))
  })

  app.openapi(approveRefund, async (c) => {
    const refundId = c.req.valid('param').id
    c.var.event.add({ refund_id: refundId })
    const { terms_hash: seenHash, ...decision } = c.req.valid('json')
    await approve(c.var.ctx, { refundId, seenHash, ...fromWire(decision) })
    return reply(c, 200, Refund, wire(await readRefund(c.var.ctx, refundId)))
  })

  app.openapi(rejectRefund, async (c) => {
    const refundId = c.req.valid('param').id
    c.var.event.add({ refund_id: refundId })
    await reject(c.var.ctx, { refundId, ...c.req.valid('json') })
    return reply(c, 200, Refund, wire(await readRefund(c.var.ctx, refundId)))
  })
}

export function routeRefundBatches(app: ConsoleApi): void {
  app.openapi(getRefundQueue, async (c) =>
    reply(c, 200, RefundQueue, { queued: wire(await readRefundQueue(c.var.ctx)) }),
  )

  app.openapi(previewRefundBatch, async (c) => {
    const chosen = c.req.valid('json')
    const selection = 'ids' in chosen ? chosen : { filter: fromWire(chosen.filter) }
    return reply(c, 200, RefundBatch, wire(await previewBatch(c.var.ctx, selection)))
  })

  app.openapi(approveRefundBatch, async (c) => {
    const { hash: seenHash, refunds, note } = c.req.valid('json')
    c.var.event.add({ batch_sha256: seenHash, refunds: refunds.length })
    const set = refunds.map(({ id, terms_hash: termsHash }) => ({ id, termsHash }))
    const batch = { seenHash, refunds: set, ...(note !== undefined && { note }) }
    return reply(c, 200, RefundBatchResult, { results: [...(await approveBatch(c.var.ctx, batch))] })
  })
}

export function routeRefundLimits(app: ConsoleApi): void {
  app.openapi(listRefundLimits, async (c) => reply(c, 200, RefundLimitList, await shown(c.var.ctx)))

  app.openapi(setRefundLimit, async (c) => {
    await setLimit(c.var.ctx, fromWire(c.req.valid('json')))
    return reply(c, 200, RefundLimitList, await shown(c.var.ctx))
  })
}

async function shown(ctx: StaffContext) {
  const limits = await readLimits(ctx)
  return { items: wire(limits), total: limits.length }
}
