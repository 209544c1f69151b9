import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockNamedAccount } from './lock.ts'

export type SetCreditLimit = {
  readonly accountId: string
  /** Minor units of the account's currency; 0 ends the credit. */
  readonly limitMinor: bigint
  readonly reason: string
}

/**
 * A billion of most currencies. Balance and credit are shown as a sum, which has to stay within what a JSON number carries
 * exactly, 2^53. Minor units.
 */
const CREDIT_MINOR_MAX = 100_000_000_000n

/**
 * Sets how much an account may owe. A debt beyond the new limit stays, and nothing more is spent until it is paid. Throws
 * Refusal: forbidden, reason_required, account_not_found, amount_out_of_range, try_again.
 */
export async function setCreditLimit(ctx: StaffContext, command: SetCreditLimit): Promise<void> {
  requirePermission(ctx, 'credit:set')
  const reason = requireReason(command.reason)
  const { accountId, limitMinor } = command
  if (limitMinor < 0n || limitMinor > CREDIT_MINOR_MAX) {
    throw new Refusal('amount_out_of_range', 'This amount is not taken as a credit limit.', {
      min_minor: 0,
      max_minor: Number(CREDIT_MINOR_MAX),
    })
  }
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockNamedAccount(tx, accountId)
    await tx
      .updateTable('account')
      .set({ credit_limit_minor: limitMinor })
      .where('id', '=', accountId)
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'account.credit_limit_set',
      subjectType: 'account',
      subjectId: accountId,
      reason,
      before: { credit_limit_minor: account.credit_limit_minor },
      after: { name: account.name, credit_limit_minor: limitMinor, currency: account.currency },
    })
  })
}
