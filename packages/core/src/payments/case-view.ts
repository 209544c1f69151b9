import type { PaymentPurpose, PaymentState } from '@droplock/rules/machines/payment'
import type { StaffContext } from '../context.ts'
import { refundedOfPayment } from '../refunds/refunded-view.ts'

/** A payment as finance sees it. Amounts in minor units. */
export type PaymentRow = {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly purpose: PaymentPurpose
  readonly method: 'balance' | 'card'
  readonly state: PaymentState
  readonly amountMinor: bigint
  readonly capturedMinor: bigint
  /** What refunds took of it or may still take; a failed one counts until it is retried. */
  readonly refundedMinor: bigint
  readonly currency: string
  readonly provider: string | null
  readonly providerId: string | null
  readonly backorderId: string | null
  readonly renewalId: string | null
  /** The domain name that it is for. */
  readonly name: string | null
  /** It secures that backorder or paid that renewal. */
  readonly secures: boolean
  readonly createdAt: Date
  readonly payBy: Date | null
}

/** Payments with who paid and what for. */
export function selectPayments(ctx: StaffContext) {
  return ctx.db
    .selectFrom('payment')
    .innerJoin('account', 'account.id', 'payment.account_id')
    .leftJoin('backorder', 'backorder.id', 'payment.backorder_id')
    .leftJoin('listing', 'listing.id', 'payment.listing_id')
    .leftJoin('renewal', 'renewal.id', 'payment.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
}

export function withColumns(payments: ReturnType<typeof selectPayments>) {
  return payments
    .selectAll('payment')
    .select((eb) => [
      'account.name as account_name',
      eb.fn.coalesce('backorder.name', 'listing.name', 'registration.name').as('name'),
      refundedOfPayment.as('refunded'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

export function toPaymentRow(row: Row): PaymentRow {
  return {
    id: row.id,
    accountId: row.account_id,
    accountName: row.account_name,
    purpose: row.purpose,
    method: row.method,
    state: row.state,
    amountMinor: row.amount_minor,
    capturedMinor: row.captured_minor,
    refundedMinor: BigInt(row.refunded),
    currency: row.currency,
    provider: row.provider,
    providerId: row.provider_id,
    backorderId: row.backorder_id,
    renewalId: row.renewal_id,
    name: row.name,
    secures: row.secures,
    createdAt: row.created_at,
    payBy: row.pay_by,
  }
}
