import { createHash } from 'node:crypto'
import type { PaymentPurpose } from '@droplock/rules/machines/payment'
import type { RefundCause, RefundDestination, RefundState } from '@droplock/rules/machines/refund'
import type { PaymentMethod } from '@droplock/rules/refunds/destination'
import type { RefundReason } from '@droplock/rules/refunds/manual'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql } from 'kysely'
import { canonicalJson } from '../audit/chain.ts'
import { type Context, requirePermission, type StaffContext } from '../context.ts'
import { type Listed, type Paging, readListed, type Sorting } from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'
import { searchByName } from '../payments-of-names.ts'
import { type StaffRef, toStaffRef } from '../staff/read.ts'

/** A refund as finance sees it. */
export type RefundRow = {
  readonly id: string
  readonly paymentId: string
  readonly method: PaymentMethod
  /** What the payment was for. */
  readonly purpose: PaymentPurpose
  readonly backorderId: string | null
  readonly renewalId: string | null
  readonly name: string | null
  readonly accountId: string
  readonly accountName: string
  readonly cause: RefundCause
  readonly state: RefundState
  readonly destination: RefundDestination
  readonly amountMinor: bigint
  /** What was paid, of which this is a part or all. */
  readonly paidMinor: bigint
  readonly currency: string
  readonly reasonCode: RefundReason | null
  readonly note: string | null
  readonly proposedBy: StaffRef | null
  readonly decidedBy: StaffRef | null
  readonly decisionNote: string | null
  readonly createdAt: Date
  readonly decidedAt: Date | null
  readonly expiresAt: Date | null
  /** Whether the destination is the one of rule 9. */
  readonly byRule: boolean
  /** Whether the customer is notified of the result. */
  readonly notify: boolean
  readonly retriesRefundId: string | null
  /** The refund that retries this one, or is proposed to. */
  readonly retriedAsId: string | null
  /** Why the last attempt did not succeed. */
  readonly failure: string | null
  /** What an approval is bound to: send it back with the decision. */
  readonly termsHash: string
}

/** Refunds with their payment, and who proposed and decided them. */
function selectRefunds(ctx: StaffContext) {
  return ctx.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .innerJoin('account', 'account.id', 'payment.account_id')
    .leftJoin('staff_account as proposer', 'proposer.id', 'refund.proposed_by')
    .leftJoin('staff_account as decider', 'decider.id', 'refund.decided_by')
}

function withColumns(refunds: ReturnType<typeof selectRefunds>) {
  return refunds.selectAll('refund').select([
    'payment.method',
    'payment.purpose',
    'payment.backorder_id',
    'payment.renewal_id',
    'payment.account_id',
    'payment.captured_minor',
    'account.name as account_name',
    'proposer.name as proposer_name',
    'decider.name as decider_name',
    sql<string | null>`(select id from refund as retry where retry.retries_refund_id = refund.id
        and retry.state not in ('rejected', 'expired'))`.as('retried_as_id'),
  ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

function toRefundRow(row: Row): RefundRow {
  return {
    id: row.id,
    paymentId: row.payment_id,
    method: row.method,
    purpose: row.purpose,
    backorderId: row.backorder_id,
    renewalId: row.renewal_id,
    name: row.name,
    accountId: row.account_id,
    accountName: row.account_name,
    cause: row.cause,
    state: row.state,
    destination: row.destination,
    amountMinor: row.amount_minor,
    paidMinor: row.captured_minor,
    currency: row.currency,
    reasonCode: row.reason_code,
    note: row.note,
    proposedBy: toStaffRef(row.proposed_by, row.proposer_name),
    decidedBy: toStaffRef(row.decided_by, row.decider_name),
    decisionNote: row.decision_note,
    createdAt: row.created_at,
    decidedAt: row.decided_at,
    expiresAt: row.expires_at,
    byRule: row.by_rule,
    notify: row.notify,
    retriesRefundId: row.retries_refund_id,
    retriedAsId: row.retried_as_id,
    failure: row.failure,
    termsHash: termsHash(row),
  }
}

type RefundTerms = Pick<Row, 'id' | 'payment_id' | 'account_id' | 'amount_minor' | 'currency' | 'destination'>

/** SHA-256 of amount, payee and destination, in hex: what an approver is shown, and what an approval is bound to. */
export function termsHash(refund: RefundTerms): string {
  const terms = {
    refundId: refund.id,
    paymentId: refund.payment_id,
    accountId: refund.account_id,
    amountMinor: refund.amount_minor.toString(),
    currency: refund.currency,
    destination: refund.destination,
  }
  return createHash('sha256').update(canonicalJson(terms), 'utf8').digest('hex')
}

/**
 * For a query that reads `payment`: how much of it is refunded or may still be, in minor units. Counts all refunds but rejected and
 * expired ones and failed ones with a retry; a failed refund without a retry is still owed.
 */
export const refundedOfPayment = sql<string>`(select coalesce(sum(amount_minor), 0) from refund
  where payment_id = payment.id and refund.state not in ('rejected', 'expired')
    and not (refund.state = 'failed' and exists (select from refund as retry
      where retry.retries_refund_id = refund.id and retry.state not in ('rejected', 'expired'))))`

/** One refund. Throws Refusal: forbidden, refund_not_found. */
export async function getRefund(ctx: StaffContext, id: string): Promise<RefundRow> {
  requirePermission(ctx, 'console:read')
  const row = await withColumns(selectRefunds(ctx)).where('refund.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('refund_not_found', 'No such refund.', { id })
  return toRefundRow(row)
}

type ListRefunds = Paging & {
  readonly sort?: Sorting<'createdAt' | 'amount'>
  readonly state?: RefundState
  readonly cause?: RefundCause
  /** Part of the domain name (`nameContains`). */
  readonly q?: string
  readonly backorderId?: string
  readonly paymentId?: string
  readonly accountId?: string
  /** Created in this period, `to` exclusive. */
  readonly from?: Date
  readonly to?: Date
  readonly ids?: readonly string[]
}

const columns = {
  createdAt: 'refund.created_at',
  amount: 'refund.amount_minor',
} as const

/** Refunds, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listRefunds(ctx: StaffContext, query: ListRefunds): Promise<Listed<RefundRow>> {
  requirePermission(ctx, 'console:read')
  const sort = query.sort ?? { field: 'createdAt', order: 'desc' }
  const search =
    query.q === undefined
      ? undefined
      : await searchByName(ctx.db, query.q, { payment: 'refund.payment_id', name: sql`refund.name` })
  const all = filtered(ctx, query)
  const sorted = withColumns(search === undefined ? all : all.where(search.isMatch))
    .orderBy(columns[sort.field], sort.order)
    .orderBy('refund.id', sort.order)
  return readListed(ctx.db, sorted, query, toRefundRow, { key: 'refund.id', ...search })
}

function filtered(ctx: StaffContext, query: ListRefunds) {
  let matching = selectRefunds(ctx)
  if (query.ids !== undefined)
    matching = matching.where('refund.id', '=', sql<string>`any(${[...query.ids]}::uuid[])`)
  // Written out, so that partial indexes are used.
  if (query.state !== undefined)
    matching = matching.where(sql<boolean>`refund.state = ${sql.lit(query.state)}`)
  if (query.cause !== undefined)
    matching = matching.where(sql<boolean>`refund.cause = ${sql.lit(query.cause)}`)
  if (query.backorderId !== undefined)
    matching = matching.where('payment.backorder_id', '=', query.backorderId)
  if (query.paymentId !== undefined) matching = matching.where('refund.payment_id', '=', query.paymentId)
  if (query.accountId !== undefined) matching = matching.where('payment.account_id', '=', query.accountId)
  if (query.from !== undefined) matching = matching.where('refund.created_at', '>=', query.from)
  if (query.to !== undefined) matching = matching.where('refund.created_at', '<', query.to)
  return matching
}

type RefundLimit = {
  readonly currency: string
  readonly aloneMinor: bigint
  readonly grantAloneMinor: bigint
}

/** The single-approver limits, for each currency that is sold in. Throws Refusal('forbidden'). */
export async function listRefundLimits(ctx: StaffContext): Promise<readonly RefundLimit[]> {
  requirePermission(ctx, 'money:read')
  const { rows } = await sql<RefundLimit>`
    select currency, coalesce(alone_minor, 0) as "aloneMinor", coalesce(grant_alone_minor, 0) as "grantAloneMinor"
    from (select currency from refund_limit union select currency from account union select currency from price_amount) as used
      left join refund_limit using (currency) order by currency`.execute(ctx.db)
  return rows
}

/** A refund as its payer sees it. Amounts in minor units. */
export type RefundOfPayment = {
  readonly id: string
  readonly cause: RefundCause
  readonly state: RefundState
  readonly destination: RefundDestination
  readonly amountMinor: bigint
  readonly currency: string
  readonly createdAt: Date
}

/** The approved refunds of these payments, oldest first. The payments are the caller's. */
export async function readRefunds(
  ctx: Context,
  paymentIds: readonly string[],
): Promise<readonly RefundOfPayment[]> {
  if (paymentIds.length === 0) return []
  const rows = await ctx.db
    .selectFrom('refund')
    .select(['id', 'cause', 'state', 'destination', 'amount_minor', 'currency', 'created_at'])
    .where('payment_id', 'in', paymentIds)
    // A proposal that is open or was rejected is no refund to a customer.
    .where('state', 'not in', ['proposed', 'rejected', 'expired'])
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    cause: row.cause,
    state: row.state,
    destination: row.destination,
    amountMinor: row.amount_minor,
    currency: row.currency,
    createdAt: row.created_at,
  }))
}

/** `refundedOfPayment` of one payment, in minor units. */
export async function refundedMinor(db: Kysely<Database>, paymentId: string): Promise<bigint> {
  const { sum } = await db
    .selectFrom('payment')
    .select(refundedOfPayment.as('sum'))
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow()
  return BigInt(sum)
}

export type SingleApproverLimit = {
  /** How much of one payment finance may refund by one person's decision; minor units, 0 where the currency has no limit. */
  readonly limitMinor: bigint
  /** How much of the payment was refunded like that before. */
  readonly aloneBeforeMinor: bigint
}

/** The single-approver limit of a payment, and how much of it is used. For a decision the payment is locked. */
export async function readSingleApproverLimit(
  db: Kysely<Database>,
  payment: { readonly id: string; readonly currency: string },
): Promise<SingleApproverLimit> {
  const { rows } = await sql<{ limitMinor: bigint; aloneBeforeMinor: string }>`
    select
      coalesce((select alone_minor from refund_limit where currency = ${payment.currency}), 0) as "limitMinor",
      (select coalesce(sum(amount_minor), 0) from refund where payment_id = ${payment.id} and alone_limit_minor is not null
        and state not in ('expired', 'failed')) as "aloneBeforeMinor"`.execute(db)
  return {
    limitMinor: rows[0]?.limitMinor ?? 0n,
    aloneBeforeMinor: BigInt(rows[0]?.aloneBeforeMinor ?? 0),
  }
}
