import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../audit/record.ts'
import { violated } from '../database/errors.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockNamedAccount } from '../locks.ts'
import { lockActingAs, type MemberContext } from './context.ts'

/** Who closed it, as operators read it. */
const CLOSED_BY = 'its owner'

/**
 * Closes the caller's account for good, as operators close one (ADR 45), and erases its people: what is on its balance is spent or paid back
 * before. `closed_account_keeps_what_law_keeps` ends keys, endpoints, sessions and what names people. Throws Refusal: unauthenticated,
 * role_required, account_has_open_orders, account_has_balance, account_has_credit, try_again.
 */
export async function closeOwnAccount(ctx: MemberContext): Promise<void> {
  const { accountId, memberId } = ctx.actor
  try {
    await inTransaction(ctx.db, async (tx) => {
      const account = await lockNamedAccount(tx, accountId)
      await lockActingAs(tx, ctx.actor, 'owner')
      const now = await databaseTime(tx)
      const closed = { closed_at: now, closed_by: CLOSED_BY }
      await tx
        .updateTable('account')
        .set({
          ...closed,
          disabled_at: account.disabled_at ?? now,
          version: account.version + 1,
        })
        .where('id', '=', accountId)
        .execute()
      await recordAudit(tx, {
        by: { kind: 'member', memberId },
        action: 'account.closed',
        subjectType: 'account',
        subjectId: accountId,
        after: closed,
      })
    })
  } catch (error) {
    throw refusalOf(error)
  }
}

/** This app may not read orders and payments: the constraints of ADR 45 do. */
function refusalOf(error: unknown): unknown {
  if (violated(error, 'closed_account_had_nothing_open'))
    return new Refusal('account_has_open_orders', 'Something of this account is not finished.')
  if (violated(error, 'closed_account_was_empty'))
    return new Refusal('account_has_balance', 'The balance of the account is not zero.')
  if (violated(error, 'closed_account_has_no_credit'))
    return new Refusal('account_has_credit', 'The account has a credit limit, which operators end first.')
  return error
}
