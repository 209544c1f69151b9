import type { OwnRefund } from '@droplock/rules/events'
import type { RefundCause } from '@droplock/rules/machines/refund'
import { decideDestination, type RefundSource } from '@droplock/rules/refunds/destination'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { type LockedPayment, lockAccount } from '../locks.ts'
import { fundRefund, notifyOfRefund } from './internal.ts'

type AutomaticRefund = {
  readonly payment: LockedPayment
  readonly cause: Exclude<RefundCause, 'manual'>
  readonly source: RefundSource
  readonly now: Date
}

/**
 * Refunds a whole payment, once: `one_automatic_refund_per_cause` refuses a second. Rule 9 decides the destination under the
 * account's lock, so refunds see the debt in the order in which they are made. To the balance the money moves in this transaction; to
 * a card the worker sends it. The caller holds the payment. Returns the refund as events show it.
 */
export async function refundAutomatically(
  tx: Transaction<Database>,
  ctx: Context,
  { payment, cause, source, now }: AutomaticRefund,
): Promise<OwnRefund> {
  const account = await lockAccount(tx, payment.account_id)
  const destination = decideDestination({
    balanceMinor: account.balance_minor,
    method: payment.method,
    chargedBack: payment.state === 'charged_back',
  })
  const refund = { id: ctx.newId(), amountMinor: payment.captured_minor, destination, notify: true }
  const state = await fundRefund(tx, ctx, payment, refund, source)
  await tx
    .insertInto('refund')
    .values({
      id: refund.id,
      payment_id: payment.id,
      cause,
      state,
      destination,
      amount_minor: refund.amountMinor,
      currency: payment.currency,
      // Under the account's lock, so an account's refunds are ordered as they saw its debt.
      created_at: sql<Date>`statement_timestamp()`,
      decided_at: sql<Date>`statement_timestamp()`,
      try_after: state === 'approved' ? now : null,
    })
    .execute()
  await notifyOfRefund(tx, ctx, { ...refund, state })
  const amount = { amount_minor: Number(refund.amountMinor), currency: payment.currency }
  return { id: refund.id, state, destination, amount }
}
