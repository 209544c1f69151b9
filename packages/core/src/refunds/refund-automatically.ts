import type { RefundCause } from '@droplock/rules/machines/refund'
import { decideDestination } from '@droplock/rules/refunds/decide-destination'
import type { Transaction } from 'kysely'
import { lockAccount } from '../accounts/lock.ts'
import type { LockedBackorder } from '../backorders/lock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import { lockSecuringPayment } from '../payments/lock.ts'

/**
 * Refunds a failed backorder's whole payment, once: `one_automatic_refund_per_cause` refuses a second. The destination is
 * decided by rule 9 under the account's lock. Money paid from the balance goes back to the balance, in this transaction.
 */
export async function refundAutomatically(
  tx: Transaction<Database>,
  ctx: Context,
  backorder: LockedBackorder,
  cause: Exclude<RefundCause, 'manual'>,
  now: Date,
): Promise<void> {
  const payment = await lockSecuringPayment(tx, backorder.id)
  const account = await lockAccount(tx, backorder.account_id)
  const { destination, creditedTo } = decideDestination({
    balanceMinor: account.balance_minor,
    method: payment.method,
  })
  if (creditedTo !== 'customer_balance')
    throw new Error(`no way yet to refund a payment by ${payment.method}`)
  const id = ctx.newId()
  await tx
    .insertInto('refund')
    .values({
      id,
      payment_id: payment.id,
      cause,
      state: 'succeeded',
      destination,
      amount_minor: payment.captured_minor,
      currency: payment.currency,
      created_at: now,
      decided_at: now,
    })
    .execute()
  await post(tx, {
    cause: 'refund',
    causeId: id,
    from: 'escrow',
    to: creditedTo,
    amountMinor: payment.captured_minor,
    currency: payment.currency,
    accountId: account.id,
    backorderId: backorder.id,
  })
  await publish(tx, ctx, 'refund.succeeded', { id, accountId: account.id })
}
