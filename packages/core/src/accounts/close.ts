import { accountClosed } from '@droplock/rules/accounts'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { changeWithAudit } from '../audit/change.ts'
import { nameOf, type OperatorContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { lockNamedAccount } from '../locks.ts'

type CloseAccount = { readonly accountId: string; readonly reason: string }

/**
 * Closes a suspended account for good. What is on its balance is returned before, by refunds of its top-ups or reversals of its transfers:
 * closing moves no money. Its credit ends; names that it has registered stay registered until they expire. ADR 45. Throws Refusal: forbidden,
 * reason_required, account_not_found, account_closed, account_not_suspended, account_has_open_orders, account_has_balance, try_again.
 */
export async function closeAccount(ctx: OperatorContext, command: CloseAccount): Promise<void> {
  const { accountId: id, reason } = command
  const change = { permission: 'resellers:manage', subject: ['account', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const account = await lockNamedAccount(tx, id)
    if (account.closed_at !== null) throw accountClosed()
    if (account.disabled_at === null)
      throw new Refusal('account_not_suspended', 'Suspend the account before you close it.')
    await requireNothingOpen(tx, id)
    const { balance_minor: balanceMinor, currency, credit_limit_minor } = account
    if (balanceMinor !== 0n)
      throw new Refusal('account_has_balance', 'The balance of the account is not zero.', {
        balance: { amount_minor: Number(balanceMinor), currency },
      })
    const closed = { closed_at: await databaseTime(tx), closed_by: nameOf(ctx.actor), credit_limit_minor: 0n }
    await tx
      .updateTable('account')
      .set({ ...closed, version: account.version + 1 })
      .where('id', '=', id)
      .execute()
    return {
      action: 'account.closed',
      before: { credit_limit_minor },
      after: { ...closed, currency },
    }
  })
}

/** The constraint `closed_account_had_nothing_open` counts the same. Throws Refusal('account_has_open_orders'). */
async function requireNothingOpen(tx: Transaction<Database>, id: string): Promise<void> {
  const { rows } = await sql<{ open: bigint }>`select
      (select count(*) from backorder where account_id = ${id} and state in ('pending_payment', 'backordered', 'registering'))
      + (select count(*) from renewal where account_id = ${id} and state in ('pending_payment', 'paid', 'renewing'))
      + (select count(*) from payment where account_id = ${id} and state in ('requires_action', 'processing', 'disputed'))
      + (select count(*) from refund join payment on payment.id = payment_id
          where account_id = ${id} and refund.state in ('proposed', 'approved', 'processing'))
      + (select count(*) from bank_transfer where account_id = ${id} and state = 'reversal_proposed') as open`.execute(
    tx,
  )
  const open = Number(rows[0]?.open ?? 0n)
  if (open === 0) return
  throw new Refusal('account_has_open_orders', 'Something of this account is not finished.', { open })
}
