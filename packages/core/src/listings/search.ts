import { type ListingState, listingMachine } from '@droplock/rules/machines/listing'
import { isTerminal } from '@droplock/rules/machines/machine'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { statementTimedOut } from '../database/errors.ts'
import { type Page, toPage } from '../database/page.ts'
import { all, conditionsOf, type ListingFilter } from './filters.ts'
import { type Keyset, keysetOf, type ListingOrder } from './keyset.ts'
import { isListed } from './listed.ts'
import { type ListingView, selectListings, toListingView } from './read.ts'

export type SearchListings = ListingFilter & {
  readonly state: ListingState
  /** Whether an order would be accepted now; left out, both. */
  readonly orderable?: boolean | undefined
  /** Days (UTC) on which the drop window begins, the first and the last. ISO-8601. */
  readonly dropFrom?: string | undefined
  readonly dropTo?: string | undefined
  readonly order: ListingOrder
  /** Whether to count all that match. */
  readonly total?: boolean | undefined
  readonly after?: string
  readonly limit: number
}

/** A page, and if it was asked for how many listings match, counted up to `TOTAL_MAX`. */
export type FoundListings = Page<ListingView> & { readonly total?: number; readonly totalIsExact?: boolean }

/** Counting further takes longer than the page itself, and nobody reads so many. */
export const TOTAL_MAX = 10_000

/** A drop lies at most 60 days ahead (rule 14); one more on either side for the zones of time. */
const DROP_DAYS_MAX = 62

/**
 * Listings with the caller's price, in keyset pages. Every filter has an index, or walks one in the order of the page; what takes
 * longer than a search may is ended by the statement's time limit (ADR 18). Throws Refusal: insufficient_scope, invalid_cursor,
 * search_text_too_short, search_too_broad, invalid_request.
 */
export async function searchListings(ctx: AccountContext, query: SearchListings): Promise<FoundListings> {
  requireScope(ctx, 'listings:read')
  const keyset = keysetOf({ ...query, order: orderOf(query) })
  const search = { ...query, keyset, filter: all([...conditionsOf(query), isListed]) }
  try {
    const page = await readPage(ctx, search)
    return query.total === true ? { ...page, ...(await countAll(ctx, search)) } : page
  } catch (error) {
    throw statementTimedOut(error) ? tooBroad(error) : error
  }
}

/** Listings that have ended take no orders any more: they come by drop, which has an index for each state. */
function orderOf({ state, order }: SearchListings): ListingOrder {
  return order === 'cutoff' && isTerminal(listingMachine, state) ? 'drop' : order
}

type Search = SearchListings & { readonly keyset: Keyset; readonly filter: RawBuilder<boolean> }

/** First the ids in their order, which the indexes have; then what is shown of them. */
async function readPage(ctx: AccountContext, search: Search): Promise<Page<ListingView>> {
  const { keyset, limit } = search
  const branches = branchesOf(ctx, search).map((branch) => sql`(${pageOfBranch(search, branch)})`)
  const { rows } = await sql<{ id: string; cursor: string }>`
    select id, ${keyset.cursor} as cursor from (${sql.join(branches, sql` union all `)}) as listing
    order by ${keyset.order} limit ${sql.lit(limit + 1)}`.execute(ctx.db)
  const page = toPage(rows, limit, ({ cursor }) => keyset.write(cursor))
  const views = await viewsOf(
    ctx,
    page.items.map(({ id }) => id),
  )
  return { ...page, items: page.items.flatMap(({ id }) => views.get(id) ?? []) }
}

async function viewsOf(
  ctx: AccountContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ListingView>> {
  if (ids.length === 0) return new Map()
  const rows = await selectListings(ctx)
    .where(sql<boolean>`listing.id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, toListingView(row)]))
}

/** The first rows of one branch. With days of drop, those of each day: within a day an index has them by cut-off. */
function pageOfBranch(search: Search, branch: RawBuilder<boolean>): RawBuilder<unknown> {
  const { keyset, filter, limit } = search
  const rows = (where: RawBuilder<boolean>) => sql`
    select id, name, cycle, cutoff_at, drop_from from listing
    where ${branch} and ${filter} and ${where} and ${keyset.isAfter}
    order by ${keyset.order} limit ${sql.lit(limit + 1)}`
  if (search.dropFrom === undefined || keyset.by !== 'cutoff') return rows(isDroppedWithin(search))
  const from = sql`${search.dropFrom}::date`
  const to = sql`least(coalesce(${search.dropTo ?? null}::date, 'infinity'), ${from} + ${sql.lit(DROP_DAYS_MAX)})`
  return sql`
    select listing.* from generate_series(${from}, ${to}, interval '1 day') as day
      cross join lateral (${rows(sql<boolean>`${dropDate} = day::date`)}) as listing`
}

const dropDate = sql`(drop_from at time zone 'UTC')::date`

/** Beside the index by day, in the terms of the index by time. */
function isDroppedWithin({ dropFrom, dropTo }: SearchListings): RawBuilder<boolean> {
  const at = (date: string, days: number) =>
    sql`((${date}::date + ${sql.lit(days)})::timestamp at time zone 'UTC')`
  return all([
    ...(dropFrom === undefined ? [] : [sql<boolean>`drop_from >= ${at(dropFrom, 0)}`]),
    ...(dropTo === undefined ? [] : [sql<boolean>`drop_from < ${at(dropTo, 1)}`]),
  ])
}

/**
 * The state as disjoint conditions that contain no more than one state each, so that an index has the rows of each in order. A name
 * whose time to open has come is open, whether the sweep has said so or not. States are written out: only then does the server see
 * that an index of live listings has them.
 */
function branchesOf(
  ctx: AccountContext,
  { state, orderable }: SearchListings,
): readonly RawBuilder<boolean>[] {
  const isOrderable = orderableBy(ctx)
  if (orderable === true) return state === 'open' ? [isOrderable] : []
  const isIn = sql<boolean>`listing.state = ${sql.lit(state)}`
  if (state === 'upcoming') return [sql<boolean>`${isIn} and opens_at > statement_timestamp()`]
  if (state !== 'open') return [isIn]
  const beforeCutoff = sql<boolean>`cutoff_at > statement_timestamp()`
  const due = sql<boolean>`listing.state = 'upcoming' and opens_at <= statement_timestamp() and ${beforeCutoff}`
  const branches = [sql<boolean>`${isIn} and ${beforeCutoff}`, due]
  return orderable === false
    ? branches.map((each) => sql<boolean>`${each} and not (${isOrderable})`)
    : branches
}

/**
 * Whether an order would be accepted now: the conditions of `decidePlacement`, in the terms of the index `listing_orderable`. Zones
 * that take no orders, or have no price in the caller's currency, are few.
 */
function orderableBy({ actor }: AccountContext): RawBuilder<boolean> {
  return sql<boolean>`listing.state in ('upcoming', 'open') and not premium and not reserved and not suspect
    and holder is null and opens_at <= statement_timestamp() and cutoff_at > statement_timestamp()
    and listing.zone <> all (array(select name from zone where not enabled or not exists (
      select from price where price.zone = zone.name and currency = ${actor.currency})))
    and exists (select from price where price.zone = listing.zone and price.tier = listing.tier and currency = ${actor.currency})`
}

async function countAll(ctx: AccountContext, search: Search) {
  const branches = branchesOf(ctx, search).map(
    (branch) => sql`(select from listing where ${branch} and ${search.filter} and ${isDroppedWithin(search)}
      limit ${sql.lit(TOTAL_MAX + 1)})`,
  )
  const { rows } = await sql<{ total: bigint }>`
    select count(*) as total from (select from (${sql.join(branches, sql` union all `)}) as listing
      limit ${sql.lit(TOTAL_MAX + 1)}) as counted`.execute(ctx.db)
  const total = Number(rows[0]?.total ?? 0n)
  return { total: Math.min(total, TOTAL_MAX), totalIsExact: total <= TOTAL_MAX }
}

function tooBroad(cause: unknown): Refusal {
  const refusal = new Refusal(
    'search_too_broad',
    'This search takes too long. Add a filter: a zone, a drop date, or a longer text.',
  )
  refusal.cause = cause
  return refusal
}
