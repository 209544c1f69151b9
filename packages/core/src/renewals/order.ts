import { type QuotedTerms, renewalPayBy, requireFreshQuote } from '@droplock/rules/renewals/decide-renewal'
import type { Transaction } from 'kysely'
import { requireNotRevoked } from '../api-keys/require-not-revoked.ts'
import { type AccountContext, requireScope } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { openCardPayment } from '../payments/open-card-payment.ts'
import { lockRegistration } from '../registrations/lock.ts'
import { findRenewable } from './find-renewable.ts'
import { insertRenewal } from './insert.ts'
import { payRenewalFromBalance } from './pay-from-balance.ts'
import { readRenewalTerms } from './read-terms.ts'
import { type RenewalView, selectRenewals, toRenewalView } from './view.ts'

export type OrderRenewal = {
  readonly backorderId: string
  readonly years: number
  readonly payment: 'balance' | 'card'
  /** What was quoted: an order on anything else is refused. */
  readonly quoted: QuotedTerms
}

/** `paymentId`: by card, the payment that the provider is to be asked for, after this transaction. */
export type RenewalOrdered = RenewalView & { readonly paymentId?: string }

/**
 * Orders the renewal of a caught name of the caller's, on a quote. From the balance it is paid at once and the catcher is asked;
 * by card it waits until `pay_by`. A repeat finds the live order, or the moved expiry, so it is refused and pays nothing twice.
 * Throws Refusal: insufficient_scope, backorder_not_found, backorder_not_renewable, registration_expired, renewal_too_long,
 * price_unavailable, renewal_pending, renewal_quote_stale, insufficient_balance, unauthenticated, try_again. Rules 2, 8.
 */
export async function orderRenewal(ctx: AccountContext, order: OrderRenewal): Promise<RenewalOrdered> {
  requireScope(ctx, 'backorders:write')
  const { registrationId } = await findRenewable(ctx, order.backorderId)
  const { currency } = ctx.actor
  const { years } = order
  return inTransaction(ctx.db, async (tx) => {
    await lockRegistration(tx, registrationId)
    await requireNotRevoked(tx, ctx.actor.keyId)
    const { now, ...terms } = await readRenewalTerms(tx, { registrationId, currency, years })
    requireFreshQuote({ ...terms, currency }, order.quoted)
    const { priceMinor, expiresAt } = terms
    if (order.payment === 'balance') {
      const renewal = await insertRenewal(tx, ctx, { registrationId, years, priceMinor, expiresAt, now })
      await payRenewalFromBalance(tx, ctx, renewal)
      return readRenewal(tx, ctx, renewal.id)
    }
    const payBy = renewalPayBy(terms, now)
    const { id, accountId } = await insertRenewal(tx, ctx, {
      registrationId,
      years,
      priceMinor,
      expiresAt,
      now,
      payBy,
    })
    const paymentId = await openCardPayment(tx, ctx, {
      purpose: 'renewal',
      accountId,
      amountMinor: priceMinor,
      currency,
      renewalId: id,
      payBy,
      now,
    })
    return { ...(await readRenewal(tx, ctx, id)), paymentId }
  })
}

async function readRenewal(tx: Transaction<Database>, ctx: AccountContext, id: string): Promise<RenewalView> {
  const row = await selectRenewals({ ...ctx, db: tx })
    .where('renewal.id', '=', id)
    .executeTakeFirstOrThrow()
  return toRenewalView(row)
}
