import { accountClosed } from '@droplock/rules/accounts'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { changeWithAudit } from '../audit/change.ts'
import type { StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { grantWithinDailyLimit } from '../grants.ts'
import { lockNamedAccount } from '../locks.ts'
import { type Edited, requireVersion } from './administer.ts'

export type SetCreditLimit = Edited & {
  readonly accountId: string
  /** Minor units of the account's currency; 0 ends the credit. */
  readonly limitMinor: bigint
  readonly reason: string
}

/**
 * Sets how much an account may owe; a higher limit only within what one person may grant (`proposeCreditLimit` beyond that). A debt
 * beyond the new limit stays, and nothing more is spent until it is paid. Throws Refusal: forbidden, reason_required,
 * amount_out_of_range, account_not_found, account_closed, precondition_failed, grant_needs_approval, try_again.
 */
export async function setCreditLimit(ctx: StaffContext, command: SetCreditLimit): Promise<void> {
  const { accountId, limitMinor, reason } = command
  const change = { permission: 'credit:set', subject: ['account', accountId], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    checkCreditLimit(limitMinor)
    const account = await lockNamedAccount(tx, accountId)
    requireVersion(command, account)
    const { currency } = account
    const amountMinor = limitMinor - account.credit_limit_minor
    if (amountMinor > 0n)
      await grantWithinDailyLimit(tx, ctx, { kind: 'credit_limit', amountMinor, currency })
    return writeCreditLimit(tx, account, limitMinor)
  })
}

/**
 * A billion of most currencies. Balance and credit are shown as a sum, which must stay within what a JSON number carries exactly, 2^53.
 * Minor units.
 */
const CREDIT_MINOR_MAX = 100_000_000_000n

/** Throws Refusal('amount_out_of_range'). */
export function checkCreditLimit(limitMinor: bigint): void {
  if (limitMinor >= 0n && limitMinor <= CREDIT_MINOR_MAX) return
  throw new Refusal('amount_out_of_range', 'This amount is out of range for a credit limit.', {
    min_minor: 0,
    max_minor: Number(CREDIT_MINOR_MAX),
  })
}

/** Writes a limit that was decided, and returns what the audit is to keep. The caller holds the account. Throws Refusal('account_closed'). */
export async function writeCreditLimit(
  tx: Transaction<Database>,
  {
    id,
    name,
    currency,
    credit_limit_minor,
    closed_at,
    version,
  }: Awaited<ReturnType<typeof lockNamedAccount>>,
  limitMinor: bigint,
) {
  if (closed_at !== null) throw accountClosed()
  await tx
    .updateTable('account')
    .set({ credit_limit_minor: limitMinor, version: version + 1 })
    .where('id', '=', id)
    .execute()
  return {
    action: 'account.credit_limit_set',
    before: { credit_limit_minor },
    after: { name, credit_limit_minor: limitMinor, currency },
  } as const
}
