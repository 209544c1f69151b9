import { requireBankReference } from '@droplock/rules/bank-transfers'
import { isMatchable } from '@droplock/rules/payouts'
import { Refusal } from '@droplock/rules/refusals'
import { changeWithAudit } from '../audit/change.ts'
import type { StaffContext } from '../context.ts'
import { violated } from '../database/errors.ts'
import { databaseTime } from '../database/time.ts'
import { lockPayout } from './internal.ts'

type MatchPayout = {
  readonly payoutId: string
  readonly version: number
  /** As on the bank statement. */
  readonly bankReference: string
  /** `2026-11-29` */
  readonly bankDate: string
  readonly note: string
}

/**
 * Says which line of our bank statement a payout is. The ledger has the payout since the provider reported it, so nothing is posted.
 * Throws Refusal: forbidden, reason_required, bank_reference_invalid, payout_not_found, payout_changed, payout_not_matchable,
 * bank_line_known, try_again.
 */
export async function matchPayout(ctx: StaffContext, matched: MatchPayout): Promise<void> {
  const { payoutId, version, bankDate, note } = matched
  const change = { permission: 'payouts:match', subject: ['payout', payoutId], reason: note } as const
  const bankReference = requireBankReference(matched.bankReference)
  await changeWithAudit(ctx, change, async (tx) => {
    const payout = await lockPayout(tx, payoutId, version)
    if (!isMatchable({ state: payout.state, isMatched: payout.matched_at !== null }))
      throw new Refusal('payout_not_matchable', 'This payout is not at the bank, or is matched already.', {
        state: payout.state,
      })
    const set = { bank_reference: bankReference, bank_date: bankDate }
    const by = { matched_by: ctx.actor.staffId, matched_at: await databaseTime(tx) }
    await tx
      .updateTable('payout')
      .set({ ...set, ...by, version: version + 1 })
      .where('id', '=', payoutId)
      .execute()
    return {
      action: 'payout.matched',
      before: { bank_reference: null, bank_date: null },
      after: { bank_reference: bankReference, bank_date: bankDate },
    }
  }).catch(async (error: unknown) => {
    if (!violated(error, 'one_payout_per_bank_line')) throw error
    throw new Refusal('bank_line_known', 'Another payout is matched to this line.', {
      payout_id: await findMatched(ctx, bankReference, bankDate, payoutId),
    })
  })
}

async function findMatched(ctx: StaffContext, reference: string, date: string, payoutId: string) {
  const other = await ctx.db
    .selectFrom('payout')
    .select('id')
    .where('bank_reference', '=', reference)
    .where('bank_date', '=', date)
    .where('id', '<>', payoutId)
    .executeTakeFirst()
  return other?.id ?? null
}
