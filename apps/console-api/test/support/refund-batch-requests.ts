import type { OperationId } from '@droplock/contracts/console/operations'
import type { Ask } from './app.ts'

/** What is asked of several refunds at once. */
export function refundBatchRequests(id: string) {
  const [refunds, hash] = [[{ id, terms_hash: '0'.repeat(64) }], '0'.repeat(64)]
  return {
    getRefundQueue: { path: '/api/refund-queue' },
    previewRefundBatch: { method: 'POST', path: '/api/refund-batches/preview', body: { ids: [id] } },
    approveRefundBatch: { method: 'POST', path: '/api/refund-batches/approve', body: { refunds, hash } },
  } satisfies Partial<Record<OperationId, Ask>>
}
