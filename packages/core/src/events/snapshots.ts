import { alarmTable } from '@droplock/rules/alarms'
import type {
  AccountSnapshot,
  AlarmSnapshot,
  BackorderSnapshot,
  BalanceSnapshot,
  DropListSnapshot,
  InvoiceSnapshot,
  PaymentSnapshot,
  RefundSnapshot,
  RegistrationRequestSnapshot,
  RegistrationSnapshot,
  RenewalSnapshot,
  SnapshotOf,
  WatchSnapshot,
  WebhookEndpointSnapshot,
} from '@droplock/rules/events'

/**
 * How the snapshot of a kind of subject is read within the statement that writes the event: SQL text, composed once.
 */
type SnapshotQuery = {
  /** Tables joined to `fresh`, whose `key` is the key of `publish`. A key that is not found writes no event. */
  readonly from: string
  readonly accountId: string
  /** That of the order which it is about, or which it came of. */
  readonly subAccountId: string
  readonly subjectId: string
  readonly data: string
}

const NONE = 'null::uuid'

/** The sub-account of the order with this id. */
const ofOrder = (backorderId: string) =>
  `(select own.sub_account_id from backorder as own where own.id = ${backorderId})`

/** Of what was paid for an order or for the renewal of its name. */
const ofPaid = (paid: 'payment' | 'invoice') =>
  ofOrder(`coalesce(${paid}.backorder_id, (select renewed.backorder_id
    from renewal as of_paid join registration as renewed on renewed.id = of_paid.registration_id where of_paid.id = ${paid}.renewal_id))`)

/** Fields that come from the publisher (see `publish`). */
type Known = 'refund' | 'outcome' | 'expires_at' | 'refused_contact' | 'pending_contact'

/** A JSON object of these expressions, without nulls. The type demands every field of the snapshot and no other. */
function object<Snapshot, From = Known>(
  fields: {
    readonly [Field in Exclude<keyof Snapshot, From>]-?: string
  },
) {
  const pairs = Object.entries(fields).map(([name, value]) => `'${name}', ${value}`)
  return `jsonb_strip_nulls(jsonb_build_object(${pairs.join(', ')}))`
}

/** The text of `toISOString`, whatever the session's time zone is. */
const time = (name: string) => `to_char(${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Null where there is no amount. */
const money = (amount: string, currency: string) =>
  `case when ${amount} is not null then jsonb_build_object('amount_minor', ${amount}, 'currency', ${currency}) end`

const backorder: SnapshotQuery = {
  from: `backorder on backorder.id = fresh.key join listing on listing.id = backorder.listing_id`,
  accountId: 'backorder.account_id',
  subAccountId: 'backorder.sub_account_id',
  subjectId: 'backorder.id',
  data: object<BackorderSnapshot>({
    id: 'backorder.id',
    name: 'backorder.name',
    state: 'backorder.state',
    price: money('backorder.price_minor', 'backorder.currency'),
    created_at: time('backorder.created_at'),
    pay_by: time('backorder.pay_by'),
    secured_at: time('backorder.secured_at'),
    cutoff_at: time('listing.cutoff_at'),
    drop_from: time('listing.drop_from'),
    drop_to: time('listing.drop_to'),
    decided_at: time('backorder.decided_at'),
    settled_at: time('backorder.settled_at'),
    failure_reason: 'backorder.failure_reason',
    expired_reason: 'backorder.expired_reason',
    reference: 'backorder.reference',
    metadata: 'backorder.metadata',
  }),
}

/** With the newest listing of the name. */
const watch: SnapshotQuery = {
  from: `watch on watch.id = fresh.key join lateral (select listing.* from listing where listing.name = watch.name
      order by cycle desc limit 1) as listing on true`,
  accountId: 'watch.account_id',
  subAccountId: NONE,
  subjectId: 'watch.id',
  data: object<WatchSnapshot>({
    id: 'watch.id',
    name: 'watch.name',
    listing_id: 'listing.id',
    cutoff_at: time('listing.cutoff_at'),
    drop_from: time('listing.drop_from'),
    drop_to: time('listing.drop_to'),
  }),
}

/** As its file of all zones: without those of sandboxes, which are for one account each. */
const dropList: SnapshotQuery = {
  from: `drop_list on drop_list.id = fresh.key`,
  accountId: NONE,
  subAccountId: NONE,
  subjectId: 'drop_list.id',
  data: object<DropListSnapshot>({
    id: 'drop_list.id',
    made_at: time('drop_list.made_at'),
    names: 'drop_list.names',
    bytes: 'drop_list.bytes',
    sha256: `encode(drop_list.sha256, 'hex')`,
    zones: `coalesce((select jsonb_agg(jsonb_build_object('zone', part.zone, 'names', part.names) order by part.zone)
      from drop_list_zone as part join zone on zone.name = part.zone
      where part.list_id = drop_list.id and not zone.is_sandbox), '[]')`,
  }),
}

const renewal: SnapshotQuery = {
  from: `renewal on renewal.id = fresh.key join registration on registration.id = renewal.registration_id`,
  accountId: 'renewal.account_id',
  subAccountId: ofOrder('registration.backorder_id'),
  subjectId: 'renewal.id',
  data: object<RenewalSnapshot>({
    id: 'renewal.id',
    registration_id: 'registration.id',
    backorder_id: 'registration.backorder_id',
    name: 'registration.name',
    state: 'renewal.state',
    years: 'renewal.years',
    price: money('renewal.price_minor', 'renewal.currency'),
    quoted_expires_at: time('renewal.quoted_expires_at'),
    new_expires_at: time('renewal.new_expires_at'),
    failure_reason: 'renewal.failure_reason',
    created_at: time('renewal.created_at'),
    pay_by: time('renewal.pay_by'),
    paid_at: time('renewal.paid_at'),
    decided_at: time('renewal.decided_at'),
  }),
}

const registration: SnapshotQuery = {
  from: `registration on registration.id = fresh.key`,
  accountId: 'registration.account_id',
  subAccountId: ofOrder('registration.backorder_id'),
  subjectId: 'registration.id',
  data: object<RegistrationSnapshot, never>({
    id: 'registration.id',
    backorder_id: 'registration.backorder_id',
    name: 'registration.name',
    created_at: time('registration.cr_date'),
    expires_at: time('registration.expires_at'),
    renewable_until: time('registration.renewable_until'),
    auto_renewed_until: time('registration.auto_renewed_until'),
    deletion_requested_at: time('registration.deletion_requested_at'),
    ended_at: time('registration.ended_at'),
    end_reason: 'registration.end_reason',
  }),
}

const registrationRequest: SnapshotQuery = {
  from: `registration_request as request on request.id = fresh.key
    join registration on registration.id = request.registration_id
    left join auth_code on auth_code.request_id = request.id`,
  accountId: 'request.account_id',
  subAccountId: ofOrder('registration.backorder_id'),
  subjectId: 'request.id',
  data: object<RegistrationRequestSnapshot>({
    id: 'request.id',
    registration_id: 'request.registration_id',
    name: 'registration.name',
    kind: 'request.kind',
    state: 'request.state',
    failure_reason: 'request.failure_reason',
    answer_code: 'request.answer_code',
    answer_message: 'request.answer_message',
    created_at: time('request.created_at'),
    decided_at: time('request.decided_at'),
    auth_code_valid_until: time('auth_code.valid_until'),
  }),
}

const refund: SnapshotQuery = {
  from: `refund on refund.id = fresh.key join payment on payment.id = refund.payment_id`,
  accountId: 'payment.account_id',
  subAccountId: ofPaid('payment'),
  subjectId: 'refund.id',
  data: object<RefundSnapshot>({
    id: 'refund.id',
    payment_id: 'payment.id',
    name: 'refund.name',
    backorder_id: 'payment.backorder_id',
    renewal_id: 'payment.renewal_id',
    cause: 'refund.cause',
    state: 'refund.state',
    destination: 'refund.destination',
    amount: money('refund.amount_minor', 'refund.currency'),
    created_at: time('refund.created_at'),
    decided_at: time('refund.decided_at'),
  }),
}

const payment: SnapshotQuery = {
  from: `payment on payment.id = fresh.key left join listing on listing.id = payment.listing_id
    left join renewal on renewal.id = payment.renewal_id
    left join registration on registration.id = renewal.registration_id
    left join lateral (select amount_minor, currency from dispute where dispute.payment_id = payment.id
      order by opened_at desc limit 1) as disputed on true`,
  accountId: 'payment.account_id',
  subAccountId: ofPaid('payment'),
  subjectId: 'payment.id',
  data: object<PaymentSnapshot>({
    id: 'payment.id',
    purpose: 'payment.purpose',
    method: 'payment.method',
    state: 'payment.state',
    amount: money('payment.amount_minor', 'payment.currency'),
    name: 'coalesce(listing.name, registration.name)',
    backorder_id: 'payment.backorder_id',
    renewal_id: 'payment.renewal_id',
    created_at: time('payment.created_at'),
    pay_by: time('payment.pay_by'),
    disputed: money('disputed.amount_minor', 'disputed.currency'),
  }),
}

/** Keyed by the cause of the posting: the payment or transfer of a top-up, the id of its reversal, or a goodwill credit. */
const account: SnapshotQuery = {
  from: `posting on posting.cause_id = fresh.key and posting.cause in ('top_up', 'top_up_reversed', 'goodwill')
      and posting.ledger_account = 'customer_balance'
    join account on account.id = posting.account_id`,
  accountId: 'account.id',
  subAccountId: NONE,
  subjectId: 'account.id',
  data: object<AccountSnapshot>({
    id: 'account.id',
    amount: money('posting.amount_minor', 'posting.currency'),
    balance: money('account.balance_minor', 'account.currency'),
    payment_id: 'posting.payment_id',
    bank_transfer_id: 'posting.bank_transfer_id',
    goodwill_credit_id: `case posting.cause when 'goodwill' then posting.cause_id end`,
  }),
}

const balance: SnapshotQuery = {
  from: `account on account.id = fresh.key`,
  accountId: 'account.id',
  subAccountId: NONE,
  subjectId: 'account.id',
  data: object<BalanceSnapshot>({
    id: 'account.id',
    balance: money('account.balance_minor', 'account.currency'),
    low_balance: money('account.low_balance_minor', 'account.currency'),
  }),
}

const invoice: SnapshotQuery = {
  from: `invoice on invoice.id = fresh.key`,
  accountId: 'invoice.account_id',
  subAccountId: ofPaid('invoice'),
  subjectId: 'invoice.id',
  data: object<InvoiceSnapshot>({
    id: 'invoice.id',
    kind: 'invoice.kind',
    number: 'invoice.number',
    issued_at: time('invoice.issued_at'),
    name: 'invoice.name',
    backorder_id: 'invoice.backorder_id',
    renewal_id: 'invoice.renewal_id',
    credits_invoice_id: 'invoice.credits_invoice_id',
    refund_id: 'invoice.refund_id',
    gross: money('invoice.gross_minor', 'invoice.currency'),
    net: money('invoice.net_minor', 'invoice.currency'),
    tax: money('invoice.tax_minor', 'invoice.currency'),
  }),
}

const webhookEndpoint: SnapshotQuery = {
  from: `event_receiver as endpoint on endpoint.id = fresh.key
    left join receiver_queue as queue on queue.receiver_id = endpoint.id`,
  accountId: 'endpoint.account_id',
  subAccountId: NONE,
  subjectId: 'endpoint.id',
  data: object<WebhookEndpointSnapshot>({
    id: 'endpoint.id',
    url: 'endpoint.address',
    description: 'endpoint.description',
    created_at: time('endpoint.created_at'),
    disabled_at: time('endpoint.disabled_at'),
    disabled_reason: 'endpoint.disabled_reason',
    failing_since: time('queue.failing_since'),
  }),
}

const severities = Object.fromEntries(
  Object.entries(alarmTable).map(([kind, { severity }]) => [kind, severity]),
)

const alarm: SnapshotQuery = {
  from: `alarm on alarm.id = fresh.key`,
  accountId: NONE,
  subAccountId: NONE,
  subjectId: 'alarm.id',
  data: object<AlarmSnapshot>({
    id: 'alarm.id',
    kind: 'alarm.kind',
    severity: `'${JSON.stringify(severities)}'::jsonb -> alarm.kind`,
    subject: 'alarm.subject',
    facts: 'alarm.facts',
    raised_at: time('alarm.raised_at'),
    closed_at: time('alarm.closed_at'),
    note: 'alarm.note',
  }),
}

const receiver: SnapshotQuery = {
  from: `event_receiver as receiver on receiver.id = fresh.key`,
  accountId: NONE,
  subAccountId: NONE,
  subjectId: 'receiver.id',
  data: object<SnapshotOf['receiver']>({ id: 'receiver.id', address: 'receiver.address' }),
}

/** One for each kind of subject. */
export const snapshotQueries = {
  backorder,
  watch,
  drop_list: dropList,
  renewal,
  registration,
  registration_request: registrationRequest,
  refund,
  payment,
  account,
  balance,
  invoice,
  webhook_endpoint: webhookEndpoint,
  alarm,
  receiver,
} satisfies Record<keyof SnapshotOf, SnapshotQuery>
