import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { grantAlone } from '../grants.ts'
import { lockNamedAccount } from '../locks.ts'

export type SetCreditLimit = {
  readonly accountId: string
  /** Minor units of the account's currency; 0 ends the credit. */
  readonly limitMinor: bigint
  readonly reason: string
}

/**
 * Sets how much an account may owe; a higher limit only within what one person gives alone (`proposeCreditLimit` beyond that). A debt
 * beyond the new limit stays, and nothing more is spent until it is paid. Throws Refusal: forbidden, reason_required,
 * account_not_found, amount_out_of_range, grant_needs_approval, try_again.
 */
export async function setCreditLimit(ctx: StaffContext, command: SetCreditLimit): Promise<void> {
  requirePermission(ctx, 'credit:set')
  const reason = requireReason(command.reason)
  const { accountId, limitMinor } = command
  checkCreditLimit(limitMinor)
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockNamedAccount(tx, accountId)
    const amountMinor = limitMinor - account.credit_limit_minor
    const { currency } = account
    if (amountMinor > 0n) await grantAlone(tx, ctx, { kind: 'credit_limit', amountMinor, currency })
    await writeCreditLimit(tx, ctx, account, limitMinor, reason)
  })
}

/**
 * A billion of most currencies. Balance and credit are shown as a sum, which has to stay within what a JSON number carries
 * exactly, 2^53. Minor units.
 */
const CREDIT_MINOR_MAX = 100_000_000_000n

/** Throws Refusal('amount_out_of_range'). */
export function checkCreditLimit(limitMinor: bigint): void {
  if (limitMinor >= 0n && limitMinor <= CREDIT_MINOR_MAX) return
  throw new Refusal('amount_out_of_range', 'This amount is not taken as a credit limit.', {
    min_minor: 0,
    max_minor: Number(CREDIT_MINOR_MAX),
  })
}

/** Writes a limit that was decided. The caller holds the account. */
export async function writeCreditLimit(
  tx: Transaction<Database>,
  ctx: StaffContext,
  account: Awaited<ReturnType<typeof lockNamedAccount>>,
  limitMinor: bigint,
  reason: string,
): Promise<void> {
  await tx
    .updateTable('account')
    .set({ credit_limit_minor: limitMinor })
    .where('id', '=', account.id)
    .execute()
  await recordAudit(tx, {
    by: ctx.actor,
    action: 'account.credit_limit_set',
    subjectType: 'account',
    subjectId: account.id,
    reason,
    before: { credit_limit_minor: account.credit_limit_minor },
    after: { name: account.name, credit_limit_minor: limitMinor, currency: account.currency },
  })
}
