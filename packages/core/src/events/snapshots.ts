import { alarmTable } from '@droplock/rules/alarms/kinds'
import type {
  AccountSnapshot,
  AlarmSnapshot,
  BackorderSnapshot,
  InvoiceSnapshot,
  PaymentSnapshot,
  RefundSnapshot,
  RenewalSnapshot,
  SnapshotOf,
} from '@droplock/rules/events/snapshots'
import { type RawBuilder, sql } from 'kysely'

/** How the snapshot of one kind of subject is read, in the statement that writes the event. */
export type SnapshotQuery = {
  /** Tables joined to `fresh`, whose `key` is what the event is published by. A key that is not found writes no event. */
  readonly from: RawBuilder<unknown>
  readonly accountId: RawBuilder<unknown>
  readonly subjectId: RawBuilder<unknown>
  readonly data: RawBuilder<unknown>
}

/** A JSON object of these expressions, without those that are null. Every field of the snapshot, and no other. */
function object<Snapshot>(fields: { readonly [Field in keyof Required<Snapshot>]: RawBuilder<unknown> }) {
  const pairs = Object.entries<RawBuilder<unknown>>(fields).map(
    ([name, value]) => sql`${sql.lit(name)}, ${value}`,
  )
  return sql`jsonb_strip_nulls(jsonb_build_object(${sql.join(pairs)}))`
}

const column = (name: string) => sql.raw<unknown>(name)

/** The text of `toISOString`, whatever the session's time zone is. */
const time = (name: string) => sql.raw(`to_char(${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

/** Null where there is no amount. */
const money = (amount: string, currency: string) =>
  sql.raw(
    `case when ${amount} is not null then jsonb_build_object('amount_minor', ${amount}::text, 'currency', ${currency}) end`,
  )

/** What an order's failure gave back: the automatic refund of the payment that secured it. */
const ownRefund = (order: 'backorder_id' | 'renewal_id', id: string) => sql`(
  select jsonb_build_object('id', refund.id, 'state', refund.state, 'destination', refund.destination,
    'amount', ${money('refund.amount_minor', 'refund.currency')})
  from payment join refund on refund.payment_id = payment.id
  where payment.${sql.raw(order)} = ${sql.raw(id)} and payment.secures
    and refund.cause in ('backorder_failed', 'renewal_failed') and refund.retries_refund_id is null)`

const backorder: SnapshotQuery = {
  from: sql`backorder on backorder.id = fresh.key join listing on listing.id = backorder.listing_id`,
  accountId: column('backorder.account_id'),
  subjectId: column('backorder.id'),
  data: object<BackorderSnapshot>({
    id: column('backorder.id'),
    name: column('backorder.name'),
    state: column('backorder.state'),
    price: money('backorder.price_minor', 'backorder.currency'),
    created_at: time('backorder.created_at'),
    pay_by: time('backorder.pay_by'),
    secured_at: time('backorder.secured_at'),
    cutoff_at: time('listing.cutoff_at'),
    drop_from: time('listing.drop_from'),
    drop_to: time('listing.drop_to'),
    decided_at: time('backorder.decided_at'),
    settled_at: time('backorder.settled_at'),
    // Asked for where there can be one: most events are of orders without a result.
    expires_at: sql`case when backorder.state = 'successful' then (
      select ${time('expires_at')} from registration where backorder_id = backorder.id) end`,
    failure_reason: column('backorder.failure_reason'),
    expired_reason: column('backorder.expired_reason'),
    refund: sql`case when backorder.state = 'failed' then ${ownRefund('backorder_id', 'backorder.id')} end`,
  }),
}

const renewal: SnapshotQuery = {
  from: sql`renewal on renewal.id = fresh.key join registration on registration.id = renewal.registration_id`,
  accountId: column('renewal.account_id'),
  subjectId: column('renewal.id'),
  data: object<RenewalSnapshot>({
    id: column('renewal.id'),
    backorder_id: column('registration.backorder_id'),
    name: column('registration.name'),
    state: column('renewal.state'),
    years: column('renewal.years'),
    price: money('renewal.price_minor', 'renewal.currency'),
    quoted_expires_at: time('renewal.quoted_expires_at'),
    new_expires_at: time('renewal.new_expires_at'),
    failure_reason: column('renewal.failure_reason'),
    created_at: time('renewal.created_at'),
    pay_by: time('renewal.pay_by'),
    paid_at: time('renewal.paid_at'),
    decided_at: time('renewal.decided_at'),
    refund: sql`case when renewal.state = 'failed' then ${ownRefund('renewal_id', 'renewal.id')} end`,
  }),
}

const refund: SnapshotQuery = {
  from: sql`refund on refund.id = fresh.key join payment on payment.id = refund.payment_id`,
  accountId: column('payment.account_id'),
  subjectId: column('refund.id'),
  data: object<RefundSnapshot>({
    id: column('refund.id'),
    payment_id: column('payment.id'),
    backorder_id: column('payment.backorder_id'),
    renewal_id: column('payment.renewal_id'),
    cause: column('refund.cause'),
    state: column('refund.state'),
    destination: column('refund.destination'),
    amount: money('refund.amount_minor', 'refund.currency'),
    created_at: time('refund.created_at'),
    decided_at: time('refund.decided_at'),
  }),
}

const payment: SnapshotQuery = {
  from: sql`payment on payment.id = fresh.key left join listing on listing.id = payment.listing_id
    left join renewal on renewal.id = payment.renewal_id
    left join registration on registration.id = renewal.registration_id
    left join lateral (select amount_minor, currency from dispute where dispute.payment_id = payment.id
      order by opened_at desc limit 1) as disputed on true`,
  accountId: column('payment.account_id'),
  subjectId: column('payment.id'),
  data: object<PaymentSnapshot>({
    id: column('payment.id'),
    purpose: column('payment.purpose'),
    method: column('payment.method'),
    state: column('payment.state'),
    amount: money('payment.amount_minor', 'payment.currency'),
    name: column('coalesce(listing.name, registration.name)'),
    backorder_id: column('payment.backorder_id'),
    renewal_id: column('payment.renewal_id'),
    created_at: time('payment.created_at'),
    pay_by: time('payment.pay_by'),
    disputed: money('disputed.amount_minor', 'disputed.currency'),
  }),
}

/** Published by the cause of the posting: a top-up is a payment or a transfer, and its reversal has an id of its own. */
const account: SnapshotQuery = {
  from: sql`posting on posting.cause_id = fresh.key and posting.cause in ('top_up', 'top_up_reversed')
      and posting.ledger_account = 'customer_balance'
    join account on account.id = posting.account_id`,
  accountId: column('account.id'),
  subjectId: column('account.id'),
  data: object<AccountSnapshot>({
    id: column('account.id'),
    amount: money('posting.amount_minor', 'posting.currency'),
    balance: money('account.balance_minor', 'account.currency'),
    payment_id: column('posting.payment_id'),
    bank_transfer_id: column('posting.bank_transfer_id'),
  }),
}

const invoice: SnapshotQuery = {
  from: sql`invoice on invoice.id = fresh.key`,
  accountId: column('invoice.account_id'),
  subjectId: column('invoice.id'),
  data: object<InvoiceSnapshot>({
    id: column('invoice.id'),
    kind: column('invoice.kind'),
    number: column('invoice.number'),
    issued_at: time('invoice.issued_at'),
    name: column('invoice.name'),
    backorder_id: column('invoice.backorder_id'),
    renewal_id: column('invoice.renewal_id'),
    credits_invoice_id: column('invoice.credits_invoice_id'),
    refund_id: column('invoice.refund_id'),
    gross: money('invoice.gross_minor', 'invoice.currency'),
    net: money('invoice.net_minor', 'invoice.currency'),
    tax: money('invoice.tax_minor', 'invoice.currency'),
  }),
}

const severities = Object.fromEntries(
  Object.entries(alarmTable).map(([kind, { severity }]) => [kind, severity]),
)

const alarm: SnapshotQuery = {
  from: sql`alarm on alarm.id = fresh.key`,
  accountId: sql`null::uuid`,
  subjectId: column('alarm.id'),
  data: object<AlarmSnapshot>({
    id: column('alarm.id'),
    kind: column('alarm.kind'),
    severity: sql`${sql.lit(JSON.stringify(severities))}::jsonb -> alarm.kind`,
    subject: column('alarm.subject'),
    facts: column('alarm.facts'),
    raised_at: time('alarm.raised_at'),
    closed_at: time('alarm.closed_at'),
    note: column('alarm.note'),
  }),
}

/** One for each kind of subject. */
export const snapshotQueries = {
  backorder,
  renewal,
  refund,
  payment,
  account,
  invoice,
  alarm,
} satisfies Record<keyof SnapshotOf, SnapshotQuery>
