import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql } from 'kysely'
import { type AccountContext, requirePermission, requireScope, type StaffContext } from '../context.ts'
import { type Listed, type Page, type Paging, readListed, requireCursor, toPage } from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'
import type { BalanceCause } from '../ledger/post.ts'
import { getAccount } from './read.ts'

/** `from` inclusive, `to` exclusive. */
export type Period = { readonly from: Date; readonly to: Date }

/** Throws Refusal('invalid_period'). */
function requirePeriod({ from, to }: Period): void {
  if (from > to) throw new Refusal('invalid_period', 'The period ends before it starts.')
}

/** The postings of one cause: `creditMinor` came in, `debitMinor` went out; neither is negative. */
type Activity = {
  readonly cause: BalanceCause
  readonly count: number
  readonly creditMinor: bigint
  readonly debitMinor: bigint
}

export type Statement = Period & {
  readonly currency: string
  readonly openingMinor: bigint
  readonly activity: readonly Activity[]
  readonly closingMinor: bigint
}

/**
 * An account over a period: opening + activity = closing, each summed from the postings on its own, in one snapshot. Throws
 * Refusal('invalid_period').
 */
async function readStatement(
  db: Kysely<Database>,
  { accountId, currency }: { readonly accountId: string; readonly currency: string },
  { from, to }: Period,
): Promise<Statement> {
  requirePeriod({ from, to })
  const { rows } = await sql<ActivityRow>`
    with mine as (
      select cause, amount_minor, posted_at from posting
      where account_id = ${accountId} and ledger_account = 'customer_balance' and posted_at < ${to}
    )
    select cause, count(*)::integer as count,
      coalesce(sum(amount_minor) filter (where amount_minor > 0), 0) as credit,
      coalesce(-sum(amount_minor) filter (where amount_minor < 0), 0) as debit,
      (select coalesce(sum(amount_minor), 0) from mine where posted_at < ${from}) as opening,
      (select coalesce(sum(amount_minor), 0) from mine) as closing
    from mine where posted_at >= ${from} group by grouping sets ((cause), ()) order by cause nulls first`.execute(
    db,
  )
  const total = rows.find((row) => row.cause === null)
  return {
    from,
    to,
    currency,
    openingMinor: BigInt(total?.opening ?? 0),
    activity: rows.flatMap((row) => (row.cause === null ? [] : [toActivity(row, row.cause)])),
    closingMinor: BigInt(total?.closing ?? 0),
  }
}

type ActivityRow = {
  /** Null: the total, which is there even without postings. */
  readonly cause: BalanceCause | null
  readonly count: number
  readonly credit: string
  readonly debit: string
  readonly opening: string
  readonly closing: string
}

function toActivity({ count, credit, debit }: ActivityRow, cause: BalanceCause): Activity {
  return { cause, count, creditMinor: BigInt(credit), debitMinor: BigInt(debit) }
}

/** A customer's account over a period. Throws Refusal: forbidden, account_not_found, invalid_period. */
export async function getAccountStatement(ctx: StaffContext, id: string, period: Period): Promise<Statement> {
  requirePermission(ctx, 'money:read')
  const { currency } = await getAccount(ctx, id)
  return readStatement(ctx.db, { accountId: id, currency }, period)
}

/** The caller's account over a period. Throws Refusal: insufficient_scope, invalid_period. */
export async function getStatement(ctx: AccountContext, period: Period): Promise<Statement> {
  requireScope(ctx, 'balance:read')
  return readStatement(ctx.db, ctx.actor, period)
}

/** One line of an account's statement: a positive amount came in, a negative one went out. Minor units. */
export type Transaction = {
  readonly id: string
  readonly cause: BalanceCause
  readonly amountMinor: bigint
  readonly currency: string
  readonly backorderId: string | null
  readonly renewalId: string | null
  readonly name: string | null
  readonly postedAt: Date
}

/** Every posting on an account's balance, with its order. */
function selectTransactions(db: Kysely<Database>, accountId: string) {
  return db
    .selectFrom('posting')
    .leftJoin('backorder', 'backorder.id', 'posting.backorder_id')
    .leftJoin('renewal', 'renewal.id', 'posting.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
    .where('ledger_account', '=', 'customer_balance')
    .where('posting.account_id', '=', accountId)
    .select([
      'posting.cause_id',
      'cause',
      'amount_minor',
      'posting.currency',
      'posting.backorder_id',
      'posting.renewal_id',
      'backorder.name',
      'registration.name as renewed_name',
      'posted_at',
    ])
}

type TransactionRow = {
  readonly cause_id: string
  readonly cause: string
  readonly amount_minor: bigint
  readonly currency: string
  readonly backorder_id: string | null
  readonly renewal_id: string | null
  readonly name: string | null
  readonly renewed_name: string | null
  readonly posted_at: Date
}

function toTransaction(row: TransactionRow): Transaction {
  return {
    id: row.cause_id,
    cause: row.cause as BalanceCause,
    amountMinor: row.amount_minor,
    currency: row.currency,
    backorderId: row.backorder_id,
    renewalId: row.renewal_id,
    name: row.name ?? row.renewed_name,
    postedAt: row.posted_at,
  }
}

type ListAccountTransactions = Paging & Partial<Period> & { readonly accountId: string }

/** The lines of a customer's statement, newest first. Throws Refusal: forbidden, account_not_found. */
export async function listAccountTransactions(
  ctx: StaffContext,
  { accountId, from, to, ...page }: ListAccountTransactions,
): Promise<Listed<Transaction>> {
  requirePermission(ctx, 'money:read')
  const { id } = await getAccount(ctx, accountId)
  let lines = selectTransactions(ctx.db, id)
  if (from !== undefined) lines = lines.where('posted_at', '>=', from)
  if (to !== undefined) lines = lines.where('posted_at', '<', to)
  const sorted = lines
    .orderBy('posted_at', 'desc')
    .orderBy('posting.cause_id', 'desc')
    .orderBy('posting.line')
  return readListed(ctx.db, sorted, page, toTransaction)
}

export type ListTransactions = {
  /** `from` inclusive, `to` exclusive, as of a statement; left out: from the first, until now. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** `id` of the last transaction of the previous page. */
  readonly after?: string
  readonly limit: number
}

/**
 * The postings on the caller's balance, newest first. A transaction's id is that of its cause (a backorder, renewal, refund or
 * payment): a UUIDv7, which sorts by time, so pages stay stable while new lines arrive. Throws Refusal: insufficient_scope,
 * invalid_period, invalid_cursor.
 */
export async function listTransactions(
  ctx: AccountContext,
  query: ListTransactions,
): Promise<Page<Transaction>> {
  requireScope(ctx, 'balance:read')
  const { from, to } = query
  if (from !== undefined && to !== undefined) requirePeriod({ from, to })
  let select = selectTransactions(ctx.db, ctx.actor.accountId)
    .orderBy('posting.cause_id', 'desc')
    .limit(query.limit + 1)
  if (from !== undefined) select = select.where('posted_at', '>=', from)
  if (to !== undefined) select = select.where('posted_at', '<', to)
  if (query.after !== undefined) {
    const lines = selectTransactions(ctx.db, ctx.actor.accountId)
    await requireCursor(lines.where('posting.cause_id', '=', query.after))
    select = select.where('posting.cause_id', '<', query.after)
  }
  const rows = await select.execute()
  return toPage(rows.map(toTransaction), query.limit, (transaction) => transaction.id)
}
