import {
  boundsOf,
  type CloseFacts,
  type CloseObstacle,
  isMonth,
  type Month,
  monthAfter,
  monthOf,
  monthsBetween,
  obstaclesOf,
} from '@droplock/rules/months'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import type { StaffRef } from '../staff/read.ts'
import {
  isBalanced,
  type MonthBalance,
  type OpenItem,
  previewHash,
  readFigures,
  readOpenItems,
} from './figures.ts'

export type MonthState = 'open' | 'proposed' | 'closed'

/** A month of the books. Who closed it is who proposed and who approved. */
export type MonthRow = {
  readonly month: Month
  readonly startsAt: Date
  readonly endsAt: Date
  readonly state: MonthState
  readonly proposalId: string | null
  readonly proposedBy: StaffRef | null
  readonly proposedAt: Date | null
  readonly note: string | null
  readonly decidedBy: StaffRef | null
  readonly closedAt: Date | null
  /** Of a closed month, in hex. */
  readonly sha256: string | null
  /** Of a closed month. */
  readonly postings: number | null
}

/** The first month that is not closed; undefined while nothing was ever posted. */
export async function firstOpenMonth(db: Kysely<Database>): Promise<Month | undefined> {
  const { rows } = await sql<{ closed: string | null; posted: Date | null }>`
    select (select max(month) from closed_month) as closed, (select min(posted_at) from posting) as posted`.execute(
    db,
  )
  const { closed, posted } = rows[0] ?? { closed: null, posted: null }
  if (closed !== null) return monthAfter(closed.slice(0, 7))
  return posted === null ? undefined : monthOf(posted)
}

type Row = {
  readonly month: string
  readonly proposal_id: string | null
  readonly proposer_id: string | null
  readonly proposer: string | null
  readonly proposed_at: Date | null
  readonly note: string | null
  readonly decider_id: string | null
  readonly decider: string | null
  readonly closed_at: Date | null
  readonly sha256: string | null
  readonly postings: bigint | null
}

/** Of these months, in their order. */
async function readRows(db: Kysely<Database>, months: readonly Month[]): Promise<readonly MonthRow[]> {
  const { rows } = await sql<Row>`
    select asked.month, proposal.id as proposal_id, proposer.id as proposer_id, proposer.name as proposer, proposal.proposed_at,
      proposal.reason as note, decider.id as decider_id, decider.name as decider, closed.closed_at,
      encode(closed.sha256, 'hex') as sha256,
      (select sum(postings)::bigint from closed_balance where month = closed.month) as postings
    from unnest(${[...months]}::text[]) with ordinality as asked (month, place)
      left join closed_month as closed on closed.month = (asked.month || '-01')::date
      left join proposal on proposal.id = coalesce(closed.proposal_id, (select id from proposal
        where kind = 'month_close' and subject = asked.month and state = 'proposed' and expires_at > statement_timestamp()))
      left join staff_account as proposer on proposer.id = proposal.proposed_by
      left join staff_account as decider on decider.id = proposal.decided_by
    order by place`.execute(db)
  return rows.map(toMonthRow)
}

function toMonthRow(row: Row): MonthRow {
  return {
    month: row.month,
    ...boundsOf(row.month),
    state: row.closed_at !== null ? 'closed' : row.proposal_id === null ? 'open' : 'proposed',
    proposalId: row.proposal_id,
    proposedBy: refOf(row.proposer_id, row.proposer),
    proposedAt: row.proposed_at,
    note: row.note,
    decidedBy: refOf(row.decider_id, row.decider),
    closedAt: row.closed_at,
    sha256: row.sha256,
    postings: row.postings === null ? null : Number(row.postings),
  }
}

function refOf(id: string | null, name: string | null): StaffRef | null {
  return id === null || name === null ? null : { id, name }
}

/** The months of the books, the current one first. Throws Refusal('forbidden'). */
export async function listMonths(ctx: StaffContext, { offset, limit }: Paging): Promise<Listed<MonthRow>> {
  requirePermission(ctx, 'money:read')
  const months = (await monthsOfBooks(ctx.db)).toReversed()
  const items = await readRows(ctx.db, months.slice(offset, offset + limit))
  return { items, total: months.length }
}

async function monthsOfBooks(db: Kysely<Database>): Promise<readonly Month[]> {
  const current = monthOf(await databaseTime(db))
  const { rows } = await sql<{ first: string | null }>`select min(month) as first from closed_month`.execute(
    db,
  )
  const first = rows[0]?.first?.slice(0, 7) ?? (await firstOpenMonth(db)) ?? current
  return monthsBetween(first, current)
}

export type MonthDetail = MonthRow & {
  readonly balances: readonly MonthBalance[]
  /** Of a closed month those that were open at its close. */
  readonly openItems: readonly (OpenItem & { readonly explanation: string | null })[]
  readonly obstacles: readonly CloseObstacle[]
  /** What a proposal is bound to, in hex. Of a closed month the hash of its balances. */
  readonly hash: string
}

/** Everything that is known of an open month before it is closed. */
export async function examineMonth(db: Kysely<Database>, month: Month, balances: readonly MonthBalance[]) {
  const items = await readOpenItems(db, month)
  const { rows } = await sql<{ closed: boolean; reconciled: boolean }>`
    select exists (select from closed_month where month = ${`${month}-01`}::date) as closed,
      exists (select from reconciliation_run where finished_at is not null and failure is null
        and started_at >= ${boundsOf(month).endsAt}) as reconciled`.execute(db)
  const facts: CloseFacts = {
    month,
    isClosed: rows[0]?.closed === true,
    firstOpen: await firstOpenMonth(db),
    isReconciled: rows[0]?.reconciled === true,
    isBalanced: isBalanced(balances),
    openItems: items.length,
  }
  return { items, facts, hash: previewHash(month, balances, items) }
}

/** One month: as it was closed, or what a close would keep. Throws Refusal: forbidden, month_not_found. */
export async function getMonth(ctx: StaffContext, month: Month): Promise<MonthDetail> {
  requirePermission(ctx, 'money:read')
  const { db } = ctx
  await requireMonth(db, month)
  const [row] = await readRows(db, [month])
  if (row === undefined) throw new Error(`no row of ${month}`)
  if (row.state === 'closed') return { ...row, ...(await readClosed(db, row)) }
  const balances = await readFigures(db, month)
  const { items, facts, hash } = await examineMonth(db, month, balances)
  const explanations = row.proposalId === null ? new Map() : await readExplanations(db, row.proposalId)
  const openItems = items.map((item) => ({
    ...item,
    explanation: explanations.get(`${item.kind} ${item.id}`) ?? null,
  }))
  return { ...row, balances, openItems, hash, obstacles: obstaclesOf(facts, await databaseTime(db)) }
}

/** Throws Refusal('month_not_found') where the month is not of the books. */
export async function requireMonth(db: Kysely<Database>, month: Month): Promise<void> {
  if (isMonth(month) && (await monthsOfBooks(db)).includes(month)) return
  throw new Refusal('month_not_found', 'The books have no such month.', { month })
}

async function readClosed(db: Kysely<Database>, { month, sha256 }: MonthRow) {
  const first = `${month}-01`
  const balances = await readClosedBalances(db, first)
  const { rows: openItems } = await sql<OpenItem & { explanation: string }>`
    select kind, item_id as id, coalesce(
        (select first_seen_at from reconciliation_item where id = item_id),
        (select opened_at from finance_task where id = item_id), (select created_at from refund where id = item_id)) as since,
      coalesce((select source || ': ' || detail from reconciliation_item where id = item_id),
        (select detail from finance_task where id = item_id), '') as detail, explanation
    from closed_month_item where month = ${first}::date order by kind, item_id`.execute(db)
  return { balances, openItems, obstacles: ['closed'] as const, hash: sha256 ?? '' }
}

/** The trial balance as it was stored at the close. */
export async function readClosedBalances(
  db: Kysely<Database>,
  first: string,
): Promise<readonly MonthBalance[]> {
  const rows = await db
    .selectFrom('closed_balance')
    .selectAll()
    .where('month', '=', first)
    .orderBy('currency')
    .orderBy('ledger_account')
    .execute()
  return rows.map((row) => ({
    currency: row.currency,
    ledgerAccount: row.ledger_account as MonthBalance['ledgerAccount'],
    openingMinor: row.opening_minor,
    debitMinor: row.debit_minor,
    creditMinor: row.credit_minor,
    closingMinor: row.closing_minor,
    postings: Number(row.postings),
  }))
}

async function readExplanations(db: Kysely<Database>, proposalId: string) {
  const { terms } = await db
    .selectFrom('proposal')
    .select('terms')
    .where('id', '=', proposalId)
    .executeTakeFirstOrThrow()
  return new Map(Object.entries(Object(terms)))
}
