import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { AccountContext } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { post } from '../ledger/post.ts'
import type { SecuredBackorder } from './secured.ts'

/** Pays a backorder from its account's balance: customer balance → escrow. Throws Refusal('insufficient_balance'). */
export async function debitToEscrow(
  tx: Transaction<Database>,
  ctx: AccountContext,
  backorder: SecuredBackorder,
): Promise<void> {
  await tx
    .insertInto('payment')
    .values({
      id: ctx.newId(),
      account_id: backorder.accountId,
      backorder_id: backorder.id,
      method: 'balance',
      state: 'succeeded',
      amount_minor: backorder.priceMinor,
      captured_minor: backorder.priceMinor,
      currency: backorder.currency,
      secures: true,
      created_at: backorder.securedAt,
    })
    .execute()
  try {
    await post(tx, {
      cause: 'secure',
      causeId: backorder.id,
      from: 'customer_balance',
      to: 'escrow',
      amountMinor: backorder.priceMinor,
      currency: backorder.currency,
      accountId: backorder.accountId,
      backorderId: backorder.id,
    })
  } catch (error) {
    if (!violated(error, 'balance_within_credit')) throw error
    throw new Refusal('insufficient_balance', `The balance does not cover the price of ${backorder.name}.`)
  }
}
