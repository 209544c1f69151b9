import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import type { AccountContext } from '../context.ts'
import { violated } from '../database/errors.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { insertEvents } from '../events/publish.ts'
import { postingsOf } from '../ledger/post.ts'
import { refuseSubAccount } from '../own-orders.ts'
import type { SecuredBackorder } from './claim-listing.ts'

/**
 * Pays a backorder from its account's balance: the payment, customer balance → escrow, and the event. One statement, because listing
 * and account stay locked until the commit and rivals wait. Throws Refusal('insufficient_balance').
 */
export async function payFromBalance(
  tx: Transaction<Database>,
  ctx: AccountContext,
  backorder: SecuredBackorder,
): Promise<void> {
  const { id, accountId, priceMinor, currency, securedAt } = backorder
  const postings = postingsOf({
    cause: 'secure',
    causeId: id,
    from: 'customer_balance',
    to: 'escrow',
    amountMinor: priceMinor,
    currency,
    accountId,
    backorderId: id,
  })
  const payment = {
    id: ctx.newId(),
    account_id: accountId,
    backorder_id: id,
    method: 'balance',
    state: 'succeeded',
    amount_minor: priceMinor,
    captured_minor: priceMinor,
    currency,
    secures: true,
    created_at: securedAt,
    sub_account_id: sql<string | null>`(select sub_account_id from backorder where id = ${id})`,
  } as const
  noteWork(tx)
  try {
    await tx
      .with('paid', (db) => db.insertInto('payment').values(payment))
      .with('published', () => sql`(${insertEvents(ctx, 'backorder.secured', [{ key: id }])})`)
      .insertInto('posting')
      .values(postings)
      .execute()
  } catch (error) {
    refuseSubAccount(error)
    if (!violated(error, 'balance_within_credit')) throw error
    throw new Refusal('insufficient_balance', `The balance does not cover the price of ${backorder.name}.`)
  }
}
