import type { AlarmKind, AlarmSeverity } from '../alarms/kinds.ts'
import type { BackorderState, ExpiredReason, FailureReason } from '../machines/backorder.ts'
import type { PaymentPurpose, PaymentState } from '../machines/payment.ts'
import type { RefundCause, RefundDestination, RefundState } from '../machines/refund.ts'
import type { RenewalFailure, RenewalState } from '../machines/renewal.ts'

/** ISO 8601, UTC, with milliseconds. */
type Time = string

/** Minor units as text: a JSON number holds no more than 53 bits. */
export type MoneySnapshot = { readonly amount_minor: string; readonly currency: string }

/** What comes back of an order that failed, and to where. */
export type OwnRefund = {
  readonly id: string
  readonly state: RefundState
  readonly destination: RefundDestination
  readonly amount: MoneySnapshot
}

export type BackorderSnapshot = {
  readonly id: string
  readonly name: string
  readonly state: BackorderState
  readonly price: MoneySnapshot
  readonly created_at: Time
  readonly pay_by?: Time
  readonly secured_at?: Time
  readonly cutoff_at: Time
  readonly drop_from: Time
  readonly drop_to: Time
  readonly decided_at?: Time
  /** The registry's creation date of the registration we won. */
  readonly settled_at?: Time
  /** The end of that registration. */
  readonly expires_at?: Time
  readonly failure_reason?: FailureReason
  readonly expired_reason?: ExpiredReason
  readonly refund?: OwnRefund
}

export type RenewalSnapshot = {
  readonly id: string
  readonly backorder_id: string
  readonly name: string
  readonly state: RenewalState
  readonly years: number
  readonly price: MoneySnapshot
  readonly quoted_expires_at: Time
  readonly new_expires_at?: Time
  readonly failure_reason?: RenewalFailure
  readonly created_at: Time
  readonly pay_by?: Time
  readonly paid_at?: Time
  readonly decided_at?: Time
  readonly refund?: OwnRefund
}

export type RefundSnapshot = {
  readonly id: string
  readonly payment_id: string
  readonly backorder_id?: string
  readonly renewal_id?: string
  readonly cause: RefundCause
  readonly state: RefundState
  readonly destination: RefundDestination
  readonly amount: MoneySnapshot
  readonly created_at: Time
  readonly decided_at?: Time
}

export type PaymentSnapshot = {
  readonly id: string
  readonly purpose: PaymentPurpose
  readonly method: 'balance' | 'card'
  readonly state: PaymentState
  readonly amount: MoneySnapshot
  readonly name?: string
  readonly backorder_id?: string
  readonly renewal_id?: string
  readonly created_at: Time
  readonly pay_by?: Time
  /** What the bank took back, where the payment is or was disputed. */
  readonly disputed?: MoneySnapshot
}

/** Money that came to a balance, or was taken back because it never came. */
export type AccountSnapshot = {
  readonly id: string
  /** Negative where it was taken back. */
  readonly amount: MoneySnapshot
  /** With this amount. */
  readonly balance: MoneySnapshot
  readonly payment_id?: string
  readonly bank_transfer_id?: string
}

export type InvoiceSnapshot = {
  readonly id: string
  readonly kind: 'invoice' | 'credit_note'
  readonly number: string
  readonly issued_at: Time
  readonly name: string
  readonly backorder_id?: string
  readonly renewal_id?: string
  /** Of a credit note: the invoice it takes back from, and the refund it is for. */
  readonly credits_invoice_id?: string
  readonly refund_id?: string
  readonly gross: MoneySnapshot
  readonly net: MoneySnapshot
  readonly tax: MoneySnapshot
}

export type AlarmSnapshot = {
  readonly id: string
  readonly kind: AlarmKind
  readonly severity: AlarmSeverity
  /** The id of what it is about; `alarmTable` says of what. */
  readonly subject: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly raised_at: Time
  readonly closed_at?: Time
  /** What the person who closed it said. */
  readonly note?: string
}

/** What is told of each kind of subject. */
export type SnapshotOf = {
  readonly backorder: BackorderSnapshot
  readonly renewal: RenewalSnapshot
  readonly refund: RefundSnapshot
  readonly payment: PaymentSnapshot
  readonly account: AccountSnapshot
  readonly invoice: InvoiceSnapshot
  readonly alarm: AlarmSnapshot
}
