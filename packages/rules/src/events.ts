import type { AlarmKind, AlarmSeverity } from './alarms.ts'
import type { ContactRole } from './contacts.ts'
import type { BackorderState, ExpiredReason, FailureReason } from './machines/backorder.ts'
import type { PaymentPurpose, PaymentState } from './machines/payment.ts'
import type { RefundCause, RefundDestination, RefundState } from './machines/refund.ts'
import type {
  RegistrationRequestFailure,
  RegistrationRequestKind,
  RegistrationRequestState,
} from './machines/registration-request.ts'
import type { RenewalFailure, RenewalState } from './machines/renewal.ts'
import type { RegistrationEnd } from './registrations/held.ts'

/** All topics, by the names that webhooks carry, with the kind of their subject. */
export const topicTable = {
  'backorder.held': 'backorder',
  'backorder.expired': 'backorder',
  'backorder.secured': 'backorder',
  'backorder.rescheduled': 'backorder',
  // The registry asks a premium price: nothing ends by it, the drop decides (rule 3).
  'backorder.premium_flagged': 'backorder',
  // The registry refuses a contact that the order names: the name will be registered to the operator's for its roles.
  'backorder.contact_refused': 'backorder',
  'backorder.registering': 'backorder',
  'backorder.successful': 'backorder',
  'backorder.failed': 'backorder',
  'renewal.paid': 'renewal',
  'renewal.expired': 'renewal',
  'renewal.successful': 'renewal',
  'renewal.failed': 'renewal',
  // A month and a week before the expiry of a name that is not being renewed.
  'registration.expiring': 'registration',
  // It can be renewed late, until `renewable_until`.
  'registration.expired': 'registration',
  // The registry renewed it by itself after its expiry.
  'registration.auto_renewed': 'registration',
  'registration.deletion_requested': 'registration',
  'registration.ended': 'registration',
  'registration_request.succeeded': 'registration_request',
  'registration_request.failed': 'registration_request',
  'refund.succeeded': 'refund',
  'refund.failed': 'refund',
  'payment.failed': 'payment',
  'payment.disputed': 'payment',
  'payment.dispute_won': 'payment',
  'payment.charged_back': 'payment',
  'account.topped_up': 'account',
  'account.top_up_reversed': 'account',
  // Once, when it falls below the account's own threshold.
  'balance.low': 'balance',
  'invoice.issued': 'invoice',
  'credit_note.issued': 'invoice',
  // For operators only.
  'alarm.opened': 'alarm',
  'alarm.closed': 'alarm',
} as const satisfies Record<string, keyof SnapshotOf>

export type Topic = keyof typeof topicTable

/** The topics that accounts are told of: all but those for operators. */
export type AccountTopic = Exclude<Topic, `alarm.${string}`>

export function isAccountTopic(topic: string): topic is AccountTopic {
  return Object.hasOwn(topicTable, topic) && !topic.startsWith('alarm.')
}

export const accountTopics: readonly AccountTopic[] = Object.keys(topicTable).filter(isAccountTopic)

/** The data of an event: its subject at that time, as its owner would have seen it. Fields without a value are left out. */
export type EventData<Of extends Topic = Topic> = SnapshotOf[(typeof topicTable)[Of]]

/** ISO 8601, UTC, with milliseconds. */
type Time = string

/** As everywhere in the reseller API. Minor units; no amount here has more than 53 bits. */
type MoneySnapshot = { readonly amount_minor: number; readonly currency: string }

/** The refund of a failed order. */
export type OwnRefund = {
  readonly id: string
  readonly state: RefundState
  readonly destination: RefundDestination
  readonly amount: MoneySnapshot
}

/** A contact that an order names and its registry refuses. Without its details, which are personal data. */
export type RefusedContact = {
  readonly contact_id: string
  readonly version: number
  /** The roles that the order gives it and the registry needs. */
  readonly roles: readonly ContactRole[]
  /** What the registry said. */
  readonly answer_code?: number
  readonly answer_message?: string
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
  /** The registry's creation date of our registration. */
  readonly settled_at?: Time
  /** The end of that registration. */
  readonly expires_at?: Time
  readonly failure_reason?: FailureReason
  readonly expired_reason?: ExpiredReason
  readonly reference?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly refund?: OwnRefund
  /** Of `backorder.contact_refused`. */
  readonly refused_contact?: RefusedContact
}

export type RenewalSnapshot = {
  readonly id: string
  readonly registration_id: string
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

/** Without names, addresses or other personal data. */
export type RegistrationSnapshot = {
  readonly id: string
  readonly backorder_id: string
  readonly name: string
  readonly created_at: Time
  /** Until when its holder has paid. */
  readonly expires_at: Time
  readonly renewable_until?: Time
  /** The expiry at the registry after it renewed the name by itself. */
  readonly auto_renewed_until?: Time
  readonly deletion_requested_at?: Time
  readonly ended_at?: Time
  readonly end_reason?: RegistrationEnd
}

export type RegistrationRequestSnapshot = {
  readonly id: string
  readonly registration_id: string
  readonly name: string
  readonly kind: RegistrationRequestKind
  readonly state: RegistrationRequestState
  readonly failure_reason?: RegistrationRequestFailure
  /** What the registry said where it refused it. */
  readonly answer_code?: number
  readonly answer_message?: string
  readonly created_at: Time
  readonly decided_at?: Time
  /** Of an auth code that was set; the code itself is only shown by the API. */
  readonly auth_code_valid_until?: Time
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
  /** What the bank took back, if the payment is or was disputed. */
  readonly disputed?: MoneySnapshot
}

/** A top-up of a balance, or the reversal of a bank transfer that was credited by mistake. */
export type AccountSnapshot = {
  readonly id: string
  /** Negative for a reversal. */
  readonly amount: MoneySnapshot
  /** Including this amount. */
  readonly balance: MoneySnapshot
  readonly payment_id?: string
  readonly bank_transfer_id?: string
}

/** The balance of an account that has fallen below its threshold. */
export type BalanceSnapshot = {
  /** Of the account. */
  readonly id: string
  readonly balance: MoneySnapshot
  readonly low_balance?: MoneySnapshot
}

export type InvoiceSnapshot = {
  readonly id: string
  readonly kind: 'invoice' | 'credit_note'
  readonly number: string
  readonly issued_at: Time
  readonly name: string
  readonly backorder_id?: string
  readonly renewal_id?: string
  /** Of a credit note: the credited invoice and the refund. */
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
  /** The id of its subject; `alarmTable` says what that is. */
  readonly subject: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly raised_at: Time
  readonly closed_at?: Time
  /** The note of the person who closed it. */
  readonly note?: string
}

/** The snapshot of each kind of subject. */
export type SnapshotOf = {
  readonly backorder: BackorderSnapshot
  readonly renewal: RenewalSnapshot
  readonly registration: RegistrationSnapshot
  readonly registration_request: RegistrationRequestSnapshot
  readonly refund: RefundSnapshot
  readonly payment: PaymentSnapshot
  readonly account: AccountSnapshot
  readonly balance: BalanceSnapshot
  readonly invoice: InvoiceSnapshot
  readonly alarm: AlarmSnapshot
}

/** The pause after the first failed attempt; each further one is three times as long. */
const FIRST_PAUSE_MS = 5_000
const FACTOR = 3
const PAUSE_MS_MAX = 6 * 3_600_000

/** The random part of a pause, so that deliveries that failed together are not repeated together. */
const JITTER = 0.2

/** With these pauses about a day: a receiver that was down overnight still gets every event. */
export const DELIVERY_ATTEMPTS_MAX = 12

/**
 * A due delivery that no sender claims for so long is given up; mails, for example, while no mail server is set. Longer than all attempts
 * last, and shorter than an event is usually kept.
 */
export const DELIVERY_WAIT_DAYS_MAX = 7

/** How long after the `attempts`-th attempt (from 1) the next may begin. `chance`: from 0 to below 1. Milliseconds. */
export function deliveryPauseMs(attempts: number, chance: number): number {
  const pause = Math.min(FIRST_PAUSE_MS * FACTOR ** (attempts - 1), PAUSE_MS_MAX)
  return Math.round(pause * (1 + JITTER * chance))
}

/** Whether an attempt that failed was the last. */
export function isLastAttempt(attempts: number): boolean {
  return attempts >= DELIVERY_ATTEMPTS_MAX
}
