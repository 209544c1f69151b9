import type { Machine } from './machine.ts'

/**
 * A refund. What nobody has to approve starts at `approved`, or at `succeeded` where it goes to the balance; `succeeded → failed`
 * is a provider that takes it back later. Rule 9.
 */
export type RefundState =
  | 'proposed'
  | 'approved'
  | 'processing'
  | 'succeeded'
  | 'failed'
  | 'rejected'
  | 'expired'

/** `approve` sends it to a card, `credit` to the balance, where it is at once. `block`: charged back before it was sent. */
type RefundEvent = 'approve' | 'credit' | 'reject' | 'expire' | 'process' | 'block' | 'succeed' | 'fail'

export const refundMachine: Machine<RefundState, RefundEvent> = {
  initial: ['proposed', 'approved', 'succeeded'],
  transitions: {
    proposed: { approve: 'approved', credit: 'succeeded', reject: 'rejected', expire: 'expired' },
    approved: { process: 'processing', block: 'failed', expire: 'expired' },
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
