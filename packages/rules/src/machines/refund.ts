import type { Machine } from './machine.ts'

/** A refund. Automatic ones start at `approved`; `succeeded → failed` is a provider that takes it back later. Rule 9. */
export type RefundState =
  | 'proposed'
  | 'approved'
  | 'processing'
  | 'succeeded'
  | 'failed'
  | 'rejected'
  | 'expired'

export type RefundEvent = 'approve' | 'reject' | 'expire' | 'process' | 'succeed' | 'fail'

export const refundMachine: Machine<RefundState, RefundEvent> = {
  initial: ['proposed', 'approved'],
  transitions: {
    proposed: { approve: 'approved', reject: 'rejected', expire: 'expired' },
    approved: { process: 'processing', expire: 'expired' },
    processing: { succeed: 'succeeded', fail: 'failed' },
    succeeded: { fail: 'failed' },
    failed: {},
    rejected: {},
    expired: {},
  },
}

/** Why money goes back. All but `manual` are automatic, and unique per payment. */
export type RefundCause =
  | 'backorder_failed'
  | 'late_payment'
  | 'duplicate_payment'
  | 'renewal_failed'
  | 'manual'

export type RefundDestination = 'balance' | 'original_payment'
