import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { AccountContext } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import { fileRenewRequest } from '../registry-requests/file-renew.ts'
import type { OrderedRenewal } from './insert.ts'

/**
 * Pays a renewal from its account's balance: the payment, customer balance → escrow, the request to the catcher, the event.
 * Throws Refusal('insufficient_balance').
 */
export async function payRenewalFromBalance(
  tx: Transaction<Database>,
  ctx: AccountContext,
  renewal: OrderedRenewal,
): Promise<void> {
  const { id, accountId, priceMinor, currency, createdAt } = renewal
  await tx
    .insertInto('payment')
    .values({
      id: ctx.newId(),
      account_id: accountId,
      purpose: 'renewal',
      renewal_id: id,
      method: 'balance',
      state: 'succeeded',
      amount_minor: priceMinor,
      captured_minor: priceMinor,
      currency,
      secures: true,
      created_at: createdAt,
    })
    .execute()
  try {
    await post(tx, {
      cause: 'secure',
      causeId: id,
      from: 'customer_balance',
      to: 'escrow',
      amountMinor: priceMinor,
      currency,
      accountId,
      renewalId: id,
    })
  } catch (error) {
    if (!violated(error, 'balance_within_credit')) throw error
    throw new Refusal('insufficient_balance', 'The balance does not cover the price of the renewal.')
  }
  await fileRenewRequest(tx, ctx, renewal, createdAt)
  await publish(tx, ctx, 'renewal.paid', id)
}
