import type { PaymentPurpose, PaymentState } from '@droplock/rules/machines/payment'
import type { RefundDestination } from '@droplock/rules/machines/refund'
import { decideManualDestination } from '@droplock/rules/refunds/destination'
import { refundableMinor } from '@droplock/rules/refunds/manual'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, type SqlBool, sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Listed, type Paging, readListed, type Search, type Sorting } from '../database/page.ts'
import type { Database, DisputeTable } from '../database/tables.gen.ts'
import type { LedgerAccount, PostingCause } from '../ledger/post.ts'
import { isId } from '../new-id.ts'
import { searchByName } from '../payments-of-names.ts'
import { readSingleApproverLimit, refundedOfPayment, type SingleApproverLimit } from '../refunds/read.ts'

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
  /** The amount of all refunds of it, also pending ones; a failed refund counts until it is retried. */
  readonly refundedMinor: bigint
  readonly currency: string
  readonly provider: string | null
  readonly providerId: string | null
  readonly backorderId: string | null
  readonly renewalId: string | null
  /** The domain name that it pays for. */
  readonly name: string | null
  /** Whether it secures the backorder or paid the renewal. */
  readonly secures: boolean
  readonly createdAt: Date
  readonly payBy: Date | null
}

/** Payments with their account and order. */
function selectPayments(ctx: StaffContext) {
  return ctx.db
    .selectFrom('payment')
    .innerJoin('account', 'account.id', 'payment.account_id')
    .leftJoin('backorder', 'backorder.id', 'payment.backorder_id')
    .leftJoin('listing', 'listing.id', 'payment.listing_id')
    .leftJoin('renewal', 'renewal.id', 'payment.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
}

/** The domain name of what is paid for. */
const nameOf = sql<string | null>`coalesce(backorder.name, listing.name, registration.name)`

function withColumns(payments: ReturnType<typeof selectPayments>) {
  return payments
    .selectAll('payment')
    .select(['account.name as account_name', nameOf.as('name'), refundedOfPayment.as('refunded')])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

function toPaymentRow(row: Row): PaymentRow {
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

export type PaymentCase = PaymentRow & {
  /** What a person may still refund. 0 while the order is undecided, and where it secures nothing: that is refunded automatically. */
  readonly refundableMinor: bigint
  /** The destination of such a refund by rule 9, if it were made now. */
  readonly ruledDestination: RefundDestination
  readonly alone: SingleApproverLimit
  readonly disputes: readonly DisputeView[]
  readonly providerEvents: readonly ProviderEventView[]
  readonly postings: readonly PostingView[]
}

/** One payment with all that happened to its money. Throws Refusal: forbidden, payment_not_found. */
export async function getPaymentCase(ctx: StaffContext, id: string): Promise<PaymentCase> {
  requirePermission(ctx, 'money:read')
  const row = await withColumns(selectPayments(ctx))
    .select(['backorder.state as backorder_state', 'renewal.state as renewal_state', 'account.balance_minor'])
    .where('payment.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id })
  const payment = toPaymentRow(row)
  const amountMinor = refundableMinor({
    ...payment,
    paymentState: payment.state,
    backorderState: row.backorder_state ?? undefined,
    renewalState: row.renewal_state ?? undefined,
  })
  return {
    ...payment,
    refundableMinor: amountMinor,
    ruledDestination: decideManualDestination({
      purpose: payment.purpose,
      amountMinor,
      balanceMinor: row.balance_minor,
      method: payment.method,
      chargedBack: payment.state === 'charged_back',
    }),
    alone: await readSingleApproverLimit(ctx.db, payment),
    ...(await readHistory(ctx.db, payment)),
  }
}

type ListPaymentCases = Paging & {
  readonly sort?: Sorting<'createdAt'>
  readonly state?: PaymentState
  readonly method?: 'balance' | 'card'
  readonly accountId?: string
  /** A part of the domain name (`nameContains`), or a whole id: ours, the provider's, or that of a dispute or refund at the provider. */
  readonly q?: string
}

/**
 * Payments of all customers, newest first unless asked otherwise: by their ids, which are in the order of their creation (UUIDv7), as no
 * other order has an index. Throws Refusal('forbidden').
 */
export async function listPaymentCases(
  ctx: StaffContext,
  query: ListPaymentCases,
): Promise<Listed<PaymentRow>> {
  requirePermission(ctx, 'money:read')
  const search = query.q === undefined ? undefined : await findPayments(ctx.db, query.q)
  const all = filtered(ctx, query)
  const matching = search === undefined ? all : all.where(search.isMatch)
  const sorted = withColumns(matching).orderBy('payment.id', query.sort?.order ?? 'desc')
  return readListed(ctx.db, sorted, query, toPaymentRow, { key: 'payment.id', ...search })
}

function filtered(ctx: StaffContext, { state, method, accountId }: ListPaymentCases) {
  let matching = selectPayments(ctx)
  // Written out, so that partial indexes are used.
  if (state !== undefined) matching = matching.where(sql<boolean>`payment.state = ${sql.lit(state)}`)
  if (method !== undefined) matching = matching.where(sql<boolean>`payment.method = ${sql.lit(method)}`)
  if (accountId !== undefined) matching = matching.where('payment.account_id', '=', accountId)
  return matching
}

async function findPayments(db: Kysely<Database>, q: string): Promise<Search> {
  const id = await findById(db, q)
  if (id !== undefined) return { isMatch: sql<SqlBool>`payment.id = ${id}` }
  return searchByName(db, q, { payment: 'payment.id', name: nameOf })
}

/** The payment with this id, or with this id at the provider; of a dispute or a refund, the payment that it is of. */
async function findById(db: Kysely<Database>, id: string): Promise<string | undefined> {
  const own = isId(id) ? sql`select id from payment where id = ${id} union all` : sql``
  const { rows } = await sql<{ id: string }>`
    ${own} select id from payment where provider_id = ${id}
    union all select payment_id from dispute where provider_dispute_id = ${id}
    union all select payment_id from refund where provider_refund_id = ${id} limit 1`.execute(db)
  return rows[0]?.id
}

export type DisputeView = {
  readonly id: string
  readonly providerDisputeId: string
  readonly state: DisputeTable['state']
  readonly amountMinor: bigint
  readonly currency: string
  readonly openedAt: Date
  readonly decidedAt: Date | null
}

/** An event that the provider sent, and how it was handled. */
export type ProviderEventView = {
  readonly eventId: string
  readonly about: string
  readonly objectId: string
  readonly receivedAt: Date
  readonly handledAt: Date | null
  readonly attempts: number
  readonly failure: string | null
}

/** One line of the ledger. */
export type PostingView = {
  readonly cause: PostingCause
  readonly causeId: string
  readonly line: number
  readonly ledgerAccount: LedgerAccount
  readonly amountMinor: bigint
  readonly currency: string
  readonly postedAt: Date
}

/** A payment has few of them; these bounds keep the page small. */
const EVENTS_MAX = 100
const POSTINGS_MAX = 200

/** The disputes, the provider's events and the ledger lines of a payment and its refunds, oldest first. */
export async function readHistory(db: Kysely<Database>, { id, provider }: PaymentRow) {
  return {
    disputes: await readDisputes(db, id),
    providerEvents: await readEvents(db, id, provider),
    postings: await readPostings(db, id),
  }
}

async function readDisputes(db: Kysely<Database>, paymentId: string): Promise<readonly DisputeView[]> {
  const { rows } = await sql<DisputeView>`
    select id, provider_dispute_id as "providerDisputeId", state, amount_minor as "amountMinor", currency,
      opened_at as "openedAt", decided_at as "decidedAt"
    from dispute where payment_id = ${paymentId} order by opened_at, id`.execute(db)
  return rows
}

async function readEvents(
  db: Kysely<Database>,
  paymentId: string,
  provider: string | null,
): Promise<readonly ProviderEventView[]> {
  if (provider === null) return []
  const { rows } = await sql<ProviderEventView>`
    select event_id as "eventId", about, object_id as "objectId", received_at as "receivedAt", handled_at as "handledAt",
      attempts, failure
    from provider_event where provider = ${provider} and object_id in (
      select provider_id from payment where id = ${paymentId}
      union select provider_refund_id from refund where payment_id = ${paymentId}
      union select provider_dispute_id from dispute where payment_id = ${paymentId})
    order by received_at, event_id limit ${EVENTS_MAX}`.execute(db)
  return rows
}

/** The postings of its money at the provider; and of its order, where it secures that, and of its refunds: these may be from the balance. */
async function readPostings(db: Kysely<Database>, paymentId: string): Promise<readonly PostingView[]> {
  // One index for each part: with `or` the planner reads the whole ledger (0.5 s of 3.7 million postings).
  const { rows } = await sql<PostingView>`
    select cause, cause_id as "causeId", line, ledger_account as "ledgerAccount", amount_minor as "amountMinor",
      posting.currency, posted_at as "postedAt"
    from posting join (
      select cause, cause_id from posting where payment_id = ${paymentId}
      union select cause, cause_id from posting
        where cause in ('secure', 'settle', 'refund', 'refund_expired') and cause_id = any(array(
          select coalesce(backorder_id, renewal_id) from payment where id = ${paymentId} and secures
          union all select id from refund where payment_id = ${paymentId}))) as sets using (cause, cause_id)
    order by posted_at, cause_id, line limit ${POSTINGS_MAX}`.execute(db)
  return rows
}
