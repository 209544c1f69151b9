import type { RefundReason } from '@droplock/rules/refunds/decide-manual'
import type { StaffContext } from '../context.ts'

export type ProposeRefund = {
  readonly backorderId: string
  readonly amountMinor: bigint
  readonly reasonCode: RefundReason
  readonly note: string
}

/**
 * Proposes a refund to the customer's balance; another person decides. Returns the refund's id. Throws Refusal: forbidden,
 * reason_required, backorder_not_found, backorder_undecided, refund_exceeds_remaining, try_again. Rules 4, 9.
 */
export async function proposeRefund(ctx: StaffContext, proposal: ProposeRefund): Promise<string> {
  throw new Error(`not built yet ${String(ctx)} ${proposal.note}`)
}
