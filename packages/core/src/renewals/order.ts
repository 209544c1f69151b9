import { decideAnotherPayment } from '@droplock/rules/payments'
import { Refusal } from '@droplock/rules/refusals'
import { type QuotedTerms, renewalPayBy, requireFreshQuote } from '@droplock/rules/renewals'
import { sql, type Transaction } from 'kysely'
import { requireNotRevoked } from '../api-keys.ts'
import { type AccountContext, requireScope } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import { lockOwnRenewal, lockRegistration } from '../locks.ts'
import { limitReached, requireOwnRenewal } from '../own-orders.ts'
import { openCardPayment } from '../payments/open.ts'
import { fileRenewRequest } from '../registry-requests/file.ts'
import { findRenewable, type RenewalView, readRenewalTerms, selectRenewals, toRenewalView } from './read.ts'

export type OrderRenewal = {
  readonly registrationId: string
  readonly years: number
  readonly payment: 'balance' | 'card'
  /** By card: where the payer's browser is sent afterwards. */
  readonly returnUrl?: string | undefined
  /** The quoted terms: an order with other terms is refused. */
  readonly quoted: QuotedTerms
}

/** `paymentId`: the card payment, which the provider is asked for after this transaction. */
type RenewalOrdered = RenewalView & { readonly paymentId?: string }

/**
 * Orders the renewal of a caught name of the caller's, by a quote. From the balance it is paid at once, and the catcher renews; by card
 * it waits until `pay_by`. A repeat finds the live order or the moved expiry, so it is refused and nothing is paid twice.
 * Throws Refusal: insufficient_scope, registration_not_found, registration_ended, registration_expired, renewal_too_long,
 * price_unavailable, renewal_pending, renewal_quote_stale, insufficient_balance, unauthenticated, try_again. Rules 2, 8.
 */
export async function orderRenewal(ctx: AccountContext, order: OrderRenewal): Promise<RenewalOrdered> {
  requireScope(ctx, 'registrations:write')
  const { registrationId } = await findRenewable(ctx, order.registrationId)
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
      returnUrl: order.returnUrl,
    })
    return { ...(await readRenewal(tx, ctx, id)), paymentId }
  })
}

type OrderedRenewal = {
  readonly id: string
  readonly registrationId: string
  readonly accountId: string
  readonly priceMinor: bigint
  readonly currency: string
  readonly createdAt: Date
}

type NewRenewal = {
  readonly registrationId: string
  readonly years: number
  readonly priceMinor: bigint
  readonly expiresAt: Date
  readonly now: Date
  /** Until when a card payment is awaited; left out: it is paid in this transaction. */
  readonly payBy?: Date
}

/** Writes the caller's order at the quoted price and expiry. The registration is locked. */
async function insertRenewal(
  tx: Transaction<Database>,
  ctx: AccountContext,
  { registrationId, years, priceMinor, expiresAt, now, payBy }: NewRenewal,
): Promise<OrderedRenewal> {
  const id = ctx.newId()
  const { accountId, currency } = ctx.actor
  await tx
    .insertInto('renewal')
    .values({
      id,
      registration_id: registrationId,
      account_id: accountId,
      years,
      price_minor: priceMinor,
      currency,
      quoted_expires_at: expiresAt,
      state: payBy === undefined ? 'paid' : 'pending_payment',
      created_at: now,
      pay_by: payBy ?? null,
      paid_at: payBy === undefined ? now : null,
    })
    .execute()
  return { id, registrationId, accountId, priceMinor, currency, createdAt: now }
}

async function readRenewal(tx: Transaction<Database>, ctx: AccountContext, id: string): Promise<RenewalView> {
  const row = await selectRenewals({ ...ctx, db: tx })
    .where('renewal.id', '=', id)
    .executeTakeFirstOrThrow()
  return toRenewalView(row)
}

/**
 * Opens another card payment for the caller's unpaid renewal, within the same time to pay. If two of them are captured, one pays the
 * renewal and the other is refunded. Returns its id. Throws Refusal: insufficient_scope, renewal_not_found, payment_ended (the time is
 * over, it is paid, or there were too many payments), try_again.
 */
export async function openRenewalPayment(ctx: AccountContext, renewalId: string): Promise<string> {
  requireScope(ctx, 'registrations:write')
  return inTransaction(ctx.db, async (tx) => {
    await requireOwnRenewal({ ...ctx, db: tx }, renewalId)
    const renewal = await lockOwnRenewal(tx, renewalId, ctx.actor.accountId)
    const now = await databaseTime(tx)
    const { tries } = await tx
      .selectFrom('payment')
      .select((eb) => eb.fn.countAll<bigint>().as('tries'))
      .where('renewal_id', '=', renewalId)
      .executeTakeFirstOrThrow()
    const payBy = decideAnotherPayment({ state: renewal.state, payBy: renewal.pay_by, tries }, now)
    return openCardPayment(tx, ctx, {
      purpose: 'renewal',
      accountId: renewal.account_id,
      amountMinor: renewal.price_minor,
      currency: renewal.currency,
      renewalId,
      payBy,
      now,
    })
  })
}

/**
 * Pays a renewal from the balance: payment, customer balance → escrow, the request that the catcher serves, and the event. Throws Refusal: insufficient_balance, sub_account_limit_reached.
 */
async function payRenewalFromBalance(
  tx: Transaction<Database>,
  ctx: AccountContext,
  renewal: OrderedRenewal,
): Promise<void> {
  const { id, accountId, priceMinor, currency, createdAt } = renewal
  const paying = tx.insertInto('payment').values({
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
    sub_account_id: sql<string | null>`(select sub_account_id from backorder join registration
        on backorder.id = registration.backorder_id where registration.id = ${renewal.registrationId})`,
  })
  try {
    await paying.execute()
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
    if (violated(error, 'sub_account_within_limit')) throw limitReached()
    if (!violated(error, 'balance_within_credit')) throw error
    throw new Refusal('insufficient_balance', 'The balance does not cover the price of the renewal.')
  }
  await fileRenewRequest(tx, ctx, renewal, createdAt)
  await publish(tx, ctx, 'renewal.paid', id)
}
