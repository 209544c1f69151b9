import { Refusal } from '@droplock/rules/refusals'
import { changeWithAudit } from '../audit/change.ts'
import type { StaffContext } from '../context.ts'
import { lockPayout } from './internal.ts'

type UnmatchPayout = { readonly payoutId: string; readonly version: number; readonly reason: string }

/**
 * Takes back which line of the bank statement a payout is. Throws Refusal: forbidden, reason_required, payout_not_found,
 * payout_changed, payout_not_matched, try_again.
 */
export async function unmatchPayout(
  ctx: StaffContext,
  { payoutId, version, reason }: UnmatchPayout,
): Promise<void> {
  const change = { permission: 'payouts:match', subject: ['payout', payoutId], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const payout = await lockPayout(tx, payoutId, version)
    if (payout.matched_at === null) throw new Refusal('payout_not_matched', 'This payout is not matched.')
    const { bank_reference, bank_date } = payout
    await tx
      .updateTable('payout')
      .set({
        bank_reference: null,
        bank_date: null,
        matched_by: null,
        matched_at: null,
        version: version + 1,
      })
      .where('id', '=', payoutId)
      .execute()
    return {
      action: 'payout.unmatched',
      before: { bank_reference, bank_date },
      after: { bank_reference: null, bank_date: null },
    }
  })
}
