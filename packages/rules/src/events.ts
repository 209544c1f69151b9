import type { AlarmKind, AlarmSeverity } from './alarms.ts'
import type { ContactRole } from './contacts.ts'
import type { OutcomeSnapshot } from './drop/outcome.ts'
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
  // Once, shortly before an unpaid hold lapses.
  'backorder.hold_lapsing': 'backorder',
  'backorder.expired': 'backorder',
  'backorder.secured': 'backorder',
  'backorder.rescheduled': 'backorder',
  // The registry asks a premium price: nothing ends by it, the drop decides (rule 3).
  'backorder.premium_flagged': 'backorder',
  // The registry refuses a contact that the order names: the name will be registered to the operator's for its roles.
  'backorder.contact_refused': 'backorder',
  // The cut-off is near, and the registry has not made a contact that the order names.
  'backorder.contact_pending': 'backorder',
  'backorder.registering': 'backorder',
  'backorder.successful': 'backorder',
  'backorder.failed': 'backorder',
  // Once for a cut-off: a name that is watched and that nobody has ordered closes within an hour.
  'watch.cutoff_near': 'watch',
  'watch.rescheduled': 'watch',
  // Of all accounts.
  'drop_list.published': 'drop_list',
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
  'account.credited': 'account',
  // Once, when it falls below the account's own threshold.
  'balance.low': 'balance',
  'invoice.issued': 'invoice',
  'credit_note.issued': 'invoice',
  // To that endpoint alone, when its account asks for it.
  'webhook_endpoint.tested': 'webhook_endpoint',
  // It answered that it is gone, or failed for days.
  'webhook_endpoint.disabled': 'webhook_endpoint',
  // For operators only; a test goes to that receiver alone.
  'alarm.opened': 'alarm',
  'alarm.closed': 'alarm',
  'alarm.tested': 'receiver',
} as const satisfies Record<string, keyof SnapshotOf>

export type Topic = keyof typeof topicTable

/** The topics of events that accounts get: all but those for operators. */
export type AccountTopic = Exclude<Topic, `alarm.${string}`>

export function isAccountTopic(topic: string): topic is AccountTopic {
  return Object.hasOwn(topicTable, topic) && !topic.startsWith('alarm.')
}

/** These events belong to no account, and all of them get them. */
export const topicsOfAll = ['drop_list.published'] as const satisfies readonly AccountTopic[]

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

/** A contact that an order names and its registry has not made. Without its details, which are personal data. */
export type PendingContact = {
  readonly contact_id: string
  readonly version: number
  /** The roles that the order gives it and the registry needs. */
  readonly roles: readonly ContactRole[]
}

/** One that its registry refuses. */
export type RefusedContact = PendingContact & {
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
  /** Of a name that the catcher or people decided. */
  readonly outcome?: OutcomeSnapshot
  /** Of `backorder.contact_refused`. */
  readonly refused_contact?: RefusedContact
  /** Of `backorder.contact_pending`. */
  readonly pending_contact?: PendingContact
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
  readonly name?: string
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
  readonly goodwill_credit_id?: string
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

export const endpointDisabledReasons = ['requested', 'gone', 'failing'] as const

/** By its account, by its answer 410, or because it failed for `ENDPOINT_FAILING_DAYS_MAX`. */
export type EndpointDisabledReason = (typeof endpointDisabledReasons)[number]

/** A webhook endpoint of an account. */
export type WebhookEndpointSnapshot = {
  readonly id: string
  readonly url: string
  readonly description?: string
  readonly created_at: Time
  readonly disabled_at?: Time
  readonly disabled_reason?: EndpointDisabledReason
  /** Since when nothing that was sent to it succeeded. */
  readonly failing_since?: Time
}

/** A watched name, with its listing. */
export type WatchSnapshot = {
  /** Of the watch. */
  readonly id: string
  readonly name: string
  readonly listing_id: string
  readonly cutoff_at: Time
  readonly drop_from: Time
  readonly drop_to: Time
}

/** A list of all names on offer that can be downloaded from now on. */
export type DropListSnapshot = {
  readonly id: string
  readonly made_at: Time
  readonly names: number
  readonly bytes: number
  /** In hex. */
  readonly sha256: string
  readonly zones: readonly { readonly zone: string; readonly names: number }[]
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
  readonly watch: WatchSnapshot
  readonly drop_list: DropListSnapshot
  readonly renewal: RenewalSnapshot
  readonly registration: RegistrationSnapshot
  readonly registration_request: RegistrationRequestSnapshot
  readonly refund: RefundSnapshot
  readonly payment: PaymentSnapshot
  readonly account: AccountSnapshot
  readonly balance: BalanceSnapshot
  readonly invoice: InvoiceSnapshot
  readonly webhook_endpoint: WebhookEndpointSnapshot
  readonly alarm: AlarmSnapshot
  readonly receiver: { readonly id: string; readonly address: string }
}

/** The pause after the first failed attempt; each further one is three times as long. */
const FIRST_PAUSE_MS = 5_000
const FACTOR = 3
const PAUSE_MS_MAX = 12 * 3_600_000

/** The random part of a pause, so that what failed together is not repeated together. */
const JITTER = 0.2

const DAY_MS = 86_400_000

/** The last attempt is so long after the first: a receiver that is down over a weekend still gets every event. */
export const DELIVERY_RETRY_DAYS = 3

/**
 * A due delivery that no sender claims for so long is given up; mails, for example, while no mail server is set. Longer than a receiver
 * may fail before it is disabled, and shorter than an event is usually kept.
 */
export const DELIVERY_WAIT_DAYS_MAX = 7

/**
 * How long after the `attempts`-th attempt (from 1), which failed, the next may begin; undefined: it was the last. The last of all is
 * `DELIVERY_RETRY_DAYS` after the first. `triedForMs`: the time since the first. `chance`: from 0 to below 1. Milliseconds.
 */
export function deliveryPauseMs(attempts: number, triedForMs: number, chance: number): number | undefined {
  const leftMs = DELIVERY_RETRY_DAYS * DAY_MS - triedForMs
  if (leftMs <= 0) return undefined
  const pause = Math.min(FIRST_PAUSE_MS * FACTOR ** (attempts - 1), PAUSE_MS_MAX)
  return Math.min(Math.round(pause * (1 + JITTER * chance)), leftMs)
}

/** Sent to one receiver at the same time: enough for hundreds in a second, and few enough that one that answers slowly leaves most of a worker to others. */
export const DELIVERIES_AT_ONCE_MAX = 16

/** A receiver that failed so often in a row is no longer sent what is due, but asked from time to time. One bad event is less. */
const FAILURES_UNTIL_PAUSED = 3

const PROBE_MS_MIN = 5_000
/** A receiver that is back gets what waits for it within this. */
const PROBE_MS_MAX = 300_000
/** The pause between two questions, of the time for which it has failed. */
const PROBE_SHARE = 0.25

/**
 * How long a receiver is left alone after its `failures`-th failure in a row (from 1), whatever waits for it; 0: not at all.
 * `failingForMs`: since the first of them. `chance`: from 0 to below 1. Milliseconds.
 */
export function receiverPauseMs(failures: number, failingForMs: number, chance: number): number {
  if (failures < FAILURES_UNTIL_PAUSED) return 0
  const pause = Math.min(Math.max(failingForMs * PROBE_SHARE, PROBE_MS_MIN), PROBE_MS_MAX)
  return Math.round(pause * (1 + JITTER * chance))
}

/** An endpoint of an account to which nothing could be delivered for so long, while something failed, is disabled. */
export const ENDPOINT_FAILING_DAYS_MAX = 5

/** What is kept of the attempts of a delivery: the latest. */
export const ATTEMPTS_KEPT_MAX = 20

/** How far back an account can have deliveries recovered, which is as long as events are usually kept. */
export const RECOVER_DAYS_MAX = 30

/** After a rotation the secret before is used beside the new one for so long, unless another time is asked for. Seconds. */
export const SECRET_OVERLAP_SECONDS = 86_400
export const SECRET_OVERLAP_SECONDS_MAX = 7 * 86_400

/** Endpoints of an account: enough for its systems and environments. */
export const ENDPOINTS_MAX = 20
