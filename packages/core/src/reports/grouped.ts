import { plottedBy, type RefundGroup, type ReportPeriod, requireReportPeriod } from '@droplock/rules/reports'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { readOn } from '../database/list-cursor.ts'
import type { Listed, Paging } from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'

export type ReportFilter = ReportPeriod & {
  readonly currency?: string
  readonly zone?: string
  readonly accountId?: string
}

/** Where a fact of the books has what reports are grouped and filtered by. */
type FactColumns = {
  /** When it counts: what is later than the close of a month is in another month. */
  readonly at: RawBuilder<Date>
  readonly currency: RawBuilder<string>
  readonly zone: RawBuilder<string | null>
  readonly accountId: RawBuilder<string | null>
}

/** What groups the facts; empty where a fact has no such thing. */
export function groupOf(
  by: Exclude<RefundGroup, 'cause'>,
  { at, zone, accountId }: FactColumns,
): RawBuilder<string> {
  const day = sql`((${at} at time zone 'UTC')::date)::text`
  const groups = {
    day: sql<string>`${day}`,
    month: sql<string>`left(${day}, 7)`,
    zone: sql<string>`coalesce(${zone}, '')`,
    account: sql<string>`coalesce(${accountId}::text, '')`,
  }
  return groups[by]
}

/** The facts of the period, and of the zone, account and currency that are filtered by. */
export function matching(filter: ReportFilter, { at, currency, zone, accountId }: FactColumns) {
  const conditions = [sql`${at} >= ${filter.from}`, sql`${at} < ${filter.to}`]
  if (filter.currency !== undefined) conditions.push(sql`${currency} = ${filter.currency}`)
  if (filter.zone !== undefined) conditions.push(sql`${zone} = ${filter.zone}`)
  if (filter.accountId !== undefined) conditions.push(sql`${accountId} = ${filter.accountId}::uuid`)
  return sql`${sql.join(conditions, sql` and `)}`
}

/**
 * Joins the order that a fact is of, and its listing, which has the zone. Each is joined by its key, so the server leaves out those that
 * nothing is asked of.
 */
export function joinOrder(of: {
  readonly backorderId: RawBuilder<string | null>
  readonly renewalId: RawBuilder<string | null>
  readonly registrationId?: RawBuilder<string | null>
  readonly listingId?: RawBuilder<string | null>
}) {
  return sql`
    left join renewal on renewal.id = ${of.renewalId}
    left join registration on registration.id = coalesce(renewal.registration_id, ${of.registrationId ?? sql`null`})
    left join backorder on backorder.id = coalesce(${of.backorderId}, registration.backorder_id)
    left join listing on listing.id = coalesce(${of.listingId ?? sql`null`}, backorder.listing_id)`
}

/** What a report says of groups of facts. */
type Report<By extends RefundGroup, Filter, Row, Sum> = {
  /** The facts that match, each with its group and currency. */
  readonly factsOf: (by: By, filter: Filter) => RawBuilder<unknown>
  /** Adds up their columns. */
  readonly sums: RawBuilder<unknown>
  /** Of the sums, the amount by which groups are sorted. */
  readonly amount: RawBuilder<unknown>
  readonly toSum: (row: Row) => Sum
}

/** Sums of a group. */
export type Grouped<Sum> = Sum & {
  /** The day, month, zone, account or cause; empty where there is none: a top-up has no zone. */
  readonly group: string
  readonly accountName: string | null
}

/** Sums of a period in all and over time, by currency. */
export type Summary<Sum> = {
  readonly unit: 'day' | 'month'
  readonly totals: readonly Sum[]
  /** By day or month, the oldest first. */
  readonly series: readonly Grouped<Sum>[]
}

type GroupRow = { readonly group: string; readonly accountName?: string | null }

/**
 * The groups of a period, with the names of accounts: days and months with the newest first; the rest with the largest first, each currency
 * apart. Throws Refusal: forbidden, invalid_period.
 */
export async function listGroups<By extends RefundGroup, Filter extends ReportFilter, Row, Sum>(
  ctx: StaffContext,
  { factsOf, sums, amount, toSum }: Report<By, Filter, Row, Sum>,
  query: Filter & Paging & { readonly by: By },
): Promise<Listed<Grouped<Sum>>> {
  requirePermission(ctx, 'money:read')
  requireReportPeriod(query)
  const { by } = query
  const order =
    by === 'day' || by === 'month'
      ? sql`order by "group" desc, currency`
      : sql`order by currency, ${amount} desc, "group"`
  const grouped = sql<Row & GroupRow>`
    select facts.*, account.name as "accountName" from (
      select "group", currency, ${sums} from (${factsOf(by, query)}) as fact group by "group", currency
    ) as facts left join account on ${by === 'account' ? sql`account.id::text = "group"` : sql`false`}
    ${order}`
  return readGroups(ctx.db, grouped, query, (row) => toGrouped(row, toSum))
}

/** The sums of the whole period and those of its days or months. Throws Refusal: forbidden, invalid_period. */
export async function summarise<Filter extends ReportFilter, Row, Sum>(
  ctx: StaffContext,
  { factsOf, sums, toSum }: Report<'day' | 'month', Filter, Row, Sum>,
  filter: Filter,
): Promise<Summary<Sum>> {
  requirePermission(ctx, 'money:read')
  requireReportPeriod(filter)
  const unit = plottedBy(filter)
  // Without a group: of the whole period.
  const { rows } = await sql<Row & { readonly group: string | null }>`
    select "group", currency, ${sums} from (${factsOf(unit, filter)}) as fact
    group by grouping sets ((currency), ("group", currency)) order by currency, "group" nulls first`.execute(
    ctx.db,
  )
  return {
    unit,
    totals: rows.filter(({ group }) => group === null).map(toSum),
    series: rows.flatMap((row) =>
      row.group === null ? [] : [toGrouped({ ...row, group: row.group }, toSum)],
    ),
  }
}

function toGrouped<Row, Sum>(row: Row & GroupRow, toSum: (row: Row) => Sum): Grouped<Sum> {
  return { ...toSum(row), group: row.group, accountName: row.accountName ?? null }
}

/**
 * One page of the groups, and how many there are: counted in the same reading, because a report reads all its facts for each of its
 * pages. Where the whole list is being read (`openListCursor`), the rows that follow are the page.
 */
export async function readGroups<Row extends object, Item>(
  db: Kysely<Database>,
  grouped: RawBuilder<Row>,
  { offset, limit }: Paging,
  show: (row: Row) => Item,
): Promise<Listed<Item>> {
  const following = await readOn<Row>(db, { compile: () => grouped.compile(db) }, limit)
  if (following !== undefined) return { items: following.map(show), total: following.length }
  const { rows } = await sql<Row & { readonly groupsInAll: bigint }>`
    with grouped as materialized (${grouped})
    select page.*, (select count(*) from grouped) as "groupsInAll"
    from (select * from grouped offset ${offset} limit ${limit}) as page`.execute(db)
  // A page beyond the last has no row that says how many there are.
  const total = rows[0]?.groupsInAll ?? (offset === 0 ? 0n : await countGroups(db, grouped))
  return { items: rows.map(show), total: Number(total) }
}

async function countGroups(db: Kysely<Database>, grouped: RawBuilder<object>): Promise<bigint> {
  const { rows } = await sql<{
    total: bigint
  }>`select count(*) as total from (${grouped}) as grouped`.execute(db)
  return rows[0]?.total ?? 0n
}
