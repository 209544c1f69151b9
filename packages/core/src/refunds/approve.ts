import type { StaffContext } from '../context.ts'

export type ApproveRefund = { readonly refundId: string; readonly note?: string }

/**
 * Approves a proposed refund: the money moves in this transaction. Throws Refusal: forbidden, refund_not_found,
 * refund_already_decided, decider_is_proposer, try_again. Rule 9.
 */
export async function approveRefund(ctx: StaffContext, decision: ApproveRefund): Promise<void> {
  throw new Error(`not built yet ${String(ctx)} ${decision.refundId}`)
}
