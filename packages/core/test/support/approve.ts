import type { StaffContext } from '../../src/context.ts'
import { approveRefund } from '../../src/refunds/approve.ts'
import { getRefund } from '../../src/refunds/read.ts'

/** Reads a refund and approves what was read. */
export async function lookAndApprove(who: StaffContext, refundId: string, note?: string): Promise<void> {
  const { termsHash } = await getRefund(who, refundId)
  const decision = { refundId, seenHash: termsHash }
  await approveRefund(who, note === undefined ? decision : { ...decision, note })
}
