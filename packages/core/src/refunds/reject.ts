import type { StaffContext } from '../context.ts'

export type RejectRefund = { readonly refundId: string; readonly note: string }

/**
 * Rejects a proposed refund: nothing moves, and the amount can be proposed again. Throws Refusal: forbidden,
 * reason_required, refund_not_found, refund_already_decided, decider_is_proposer, try_again.
 */
export async function rejectRefund(ctx: StaffContext, decision: RejectRefund): Promise<void> {
  throw new Error(`not built yet ${String(ctx)} ${decision.refundId}`)
}
