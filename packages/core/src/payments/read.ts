import type { PaymentPurpose, PaymentState } from '@droplock/rules/machines/payment'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { type RefundOfPayment, readRefunds } from '../refunds/read.ts'

/** A payment as its payer sees it. Amounts in minor units. */
export type PaymentView = {
  readonly id: string
  readonly purpose: PaymentPurpose
  readonly method: 'balance' | 'card'
  readonly state: PaymentState
  readonly amountMinor: bigint
  readonly currency: string
  /** The domain name that it pays for; null for a top-up. */
  readonly name: string | null
  readonly backorderId: string | null
  readonly renewalId: string | null
  /** Whether its money secures that backorder or renewal. */
  readonly secures: boolean
  readonly payBy: Date | null
  /** A card payment that can still be paid, with the provider's client secret. */
  readonly payable: boolean
  /** The provider's id of the payment, once it is known. */
  readonly providerId: string | null
  readonly createdAt: Date
}

/** The caller's payments with the names they are for, ready for `toPaymentView`. */
export function selectPayments(ctx: AccountContext) {
  return ctx.db
    .selectFrom('payment')
    .leftJoin('backorder', 'backorder.id', 'payment.backorder_id')
    .leftJoin('listing', 'listing.id', 'payment.listing_id')
    .leftJoin('renewal', 'renewal.id', 'payment.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
    .selectAll('payment')
    .select((eb) => [
      eb.fn.coalesce('backorder.name', 'listing.name', 'registration.name').as('name'),
      // Money paid on a payment that is being cancelled would only be refunded.
      sql<boolean>`payment.method = 'card' and payment.state in ('requires_action', 'failed')
        and payment.pay_by > clock_timestamp() and not exists (select from provider_task
          where payment_id = payment.id and kind = 'cancel_intent')`.as('payable'),
    ])
    .where('payment.account_id', '=', ctx.actor.accountId)
}

type PaymentRow = Awaited<ReturnType<ReturnType<typeof selectPayments>['execute']>>[number]

export function toPaymentView(row: PaymentRow): PaymentView {
  return {
    id: row.id,
    purpose: row.purpose,
    method: row.method,
    state: row.state,
    amountMinor: row.amount_minor,
    currency: row.currency,
    name: row.name,
    backorderId: row.backorder_id,
    renewalId: row.renewal_id,
    secures: row.secures,
    payBy: row.pay_by,
    payable: row.payable,
    providerId: row.provider_id,
    createdAt: row.created_at,
  }
}

/** A payment that the caller has just opened. Needs no scope: opening did. Throws Refusal('payment_not_found'). */
export async function readOpened(ctx: AccountContext, id: string): Promise<PaymentView> {
  const row = await selectPayments(ctx).where('payment.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id })
  return toPaymentView(row)
}

export type PaymentWithRefunds = PaymentView & { readonly refunds: readonly RefundOfPayment[] }

/** One of the caller's payments, with its refunds. Throws Refusal: insufficient_scope, payment_not_found. */
export async function getPayment(ctx: AccountContext, id: string): Promise<PaymentWithRefunds> {
  requireScope(ctx, 'backorders:read')
  const row = await selectPayments(ctx).where('payment.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id })
  return { ...toPaymentView(row), refunds: await readRefunds(ctx, [id]) }
}
