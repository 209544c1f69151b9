import { COUNTED_MAX } from '@droplock/rules/counts'
import type { ListingState } from '@droplock/rules/machines/listing'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { statementTimedOut } from '../database/errors.ts'
import { type Page, toPage } from '../database/page.ts'
import { isPriceInForce } from '../prices/price-of.ts'
import { all, type ListingFilter, labelConditions } from './filters.ts'
import { type Keyset, keysetOf, type ListingOrder } from './keyset.ts'
import { isInState, isOnOffer, isPricedAs, isShownTo, surely } from './offer.ts'
import { type ListingView, selectListings, toListingView } from './read.ts'

export type SearchListings = ListingFilter & {
  readonly zones?: readonly string[] | undefined
  readonly state: ListingState
  /** Whether an order would be accepted now; left out, both. */
  readonly orderable?: boolean | undefined
  /** Days (UTC) on which the drop window begins, the first and the last. ISO-8601. */
  readonly dropFrom?: string | undefined
  readonly dropTo?: string | undefined
  /** In the caller's currency, minor units: names without a price in it are left out. */
  readonly priceMinMinor?: bigint | undefined
  readonly priceMaxMinor?: bigint | undefined
  /** By price only names on offer: those of other states have none that matters. */
  readonly order: Exclude<ListingOrder, 'drop'>
  /** Whether to count all that match. */
  readonly total?: boolean | undefined
  readonly after?: string
  readonly limit: number
}

/** A page, and if it was asked for how many listings match, counted up to `COUNTED_MAX`. */
export type FoundListings = Page<ListingView> & { readonly total?: number; readonly totalIsExact?: boolean }

/**
 * Listings with the caller's price, in keyset pages. Every filter has an index, or walks one in the order of the page; what takes
 * longer than a search may is ended by the statement's time limit (ADR 18). Throws Refusal: insufficient_scope, invalid_cursor,
 * search_text_too_short, search_too_broad, invalid_request.
 */
export async function searchListings(ctx: AccountContext, query: SearchListings): Promise<FoundListings> {
  requireScope(ctx, 'listings:read')
  const label = labelConditions(query)
  const keyset = keysetOf({ ...query, order: orderOf(query) })
  try {
    return await onOneConnection(ctx, async (own) => {
      const isMatch = all([
        await isInState(own, query),
        await isShownTo(own),
        ...(await isPricedAs(own, query)),
      ])
      const search: Search = { ...query, keyset, hasLabel: all(label), asksLabel: label.length > 0, isMatch }
      const page = await readPage(own, search)
      return query.total === true ? { ...page, ...(await countAll(own, search)) } : page
    })
  } catch (error) {
    throw statementTimedOut(error) ? tooBroad(error) : error
  }
}

/** The statements of a search share a connection, and so what begins and ends its transaction. */
function onOneConnection<Result>(
  ctx: AccountContext,
  work: (own: AccountContext) => Promise<Result>,
): Promise<Result> {
  return ctx.db.isTransaction ? work(ctx) : ctx.db.connection().execute((db) => work({ ...ctx, db }))
}

type Search = SearchListings & {
  readonly keyset: Keyset
  /** What is asked of the label, and whether anything is. */
  readonly hasLabel: RawBuilder<boolean>
  readonly asksLabel: boolean
  /** All that is asked for but labels, zones and days. */
  readonly isMatch: RawBuilder<boolean>
}

/** Only open names wait for their cut-off. All others come by drop, which has an index for each state. */
function orderOf({ state, order }: SearchListings): ListingOrder {
  if (order === 'price' && state !== 'open' && state !== 'upcoming')
    throw new Refusal('invalid_request', 'Only names that are open or upcoming are sorted by price.')
  return order === 'cutoff' && state !== 'open' ? 'drop' : order
}

/** First the ids in their order, which the indexes have; then what is shown of them. */
async function readPage(ctx: AccountContext, search: Search): Promise<Page<ListingView>> {
  const { keyset, limit } = search
  const { rows } = await sql<{ id: string; cursor: string }>`
    select id, ${keyset.cursor} as cursor from (${await firstRows(ctx, search)}) as listing
    order by ${keyset.order} limit ${sql.lit(limit + 1)}`.execute(ctx.db)
  const page = toPage(rows, limit, ({ cursor }) => keyset.write(cursor))
  const ids = page.items.map(({ id }) => id)
  const views = await viewsOf(ctx, ids)
  return { ...page, items: ids.flatMap((id) => views.get(id) ?? []) }
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

/** Each part is read for a page of its own: with more, walking the order is as fast. */
const PARTS_MAX = 40

/**
 * The first rows of all that match. Labels that few names have are read by their index and sorted. What many have is found soon by
 * walking the order, and the server is not left to choose: it takes the index where it expects too few. By cut-off, names come zone
 * after zone and day after day: where one is asked for, walking the order would pass all the others. So each zone and day is a part of
 * its own, in which an index has them in order (ADR 18).
 */
async function firstRows(ctx: AccountContext, asked: Search): Promise<RawBuilder<unknown>> {
  const { zones, dropFrom, dropTo, keyset } = asked
  if (keyset.by === 'price') return rowsByPrice(ctx, asked)
  const ofAll = sql<boolean>`${isInZones(asked)} and ${isInDays(asked)}`
  if (keyset.by !== 'cutoff' || (asked.asksLabel && !(await isCommonLabel(ctx, asked))))
    return rowsOf(asked, ofAll)
  const search = asked.asksLabel ? { ...asked, hasLabel: surely(asked.hasLabel) } : asked
  if (zones === undefined && dropFrom === undefined && dropTo === undefined) return rowsOf(search, ofAll)
  const days = await daysOf(ctx, search)
  const parts = days.length * (zones?.length ?? 1)
  if (parts > PARTS_MAX) return rowsOf(search, ofAll)
  const isOfDay = sql<boolean>`${dropDate} = part.day`
  if (zones === undefined) return ofEachPart(sql`unnest(${[...days]}::date[]) as part (day)`, isOfDay)
  const part = sql`(select * from unnest(${[...zones]}::text[]) as zone, unnest(${[...days]}::date[]) as day) as part`
  return ofEachPart(part, sql<boolean>`listing.zone = part.zone and ${isOfDay}`)

  // One plan for all parts: as many selects as parts took longer to plan than to run.
  function ofEachPart(of: RawBuilder<unknown>, isOfPart: RawBuilder<boolean>): RawBuilder<unknown> {
    return sql`select found.* from ${of} cross join lateral (${rowsOf(search, isOfPart)}) as found`
  }
}

function rowsOf(
  { keyset, isMatch, hasLabel, limit }: Search,
  part: RawBuilder<boolean>,
): RawBuilder<unknown> {
  return sql`
    select id, name, cycle, cutoff_at, drop_from from listing
    where ${isMatch} and ${hasLabel} and ${part} and ${keyset.isAfter}
    order by ${keyset.order} limit ${sql.lit(limit + 1)}`
}

/** Rule after rule in the order of their prices: an index has the names of each. */
function rowsByPrice({ actor }: AccountContext, search: Search): RawBuilder<unknown> {
  const { keyset, isMatch, hasLabel, limit } = search
  return sql`
    select found.*, price.amount_minor from price_amount as price cross join lateral (
      select id, name, cycle, cutoff_at, drop_from, price_rule_id from listing
      where price_rule_id = price.rule_id and ${isMatch} and ${hasLabel} and ${isInZones(search)} and ${isInDays(search)}
        and ${keyset.isAfter}
      order by id limit ${sql.lit(limit + 1)}) as found
    where price.currency = ${actor.currency} and ${isPriceInForce}
    order by price.amount_minor, price.rule_id, found.id limit ${sql.lit(limit + 1)}`
}

/** So many names are looked at, next in the order. */
const LOOK_NAMES = 1_000
/** If so many of them match, a page is found by walking past some thousands, which takes ten milliseconds or two. */
const COMMON_MIN = 5

/** Whether many names have what is asked of the label, by a look at the next ones. */
async function isCommonLabel(ctx: AccountContext, { hasLabel, keyset }: Search): Promise<boolean> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from (
      select * from listing where ${isOnOffer} and ${keyset.isAfter} order by ${keyset.order} limit ${sql.lit(LOOK_NAMES)}) as listing
    where ${hasLabel}`.execute(ctx.db)
  return Number(rows[0]?.count ?? 0n) >= COMMON_MIN
}

/** As the indexes `listing_on_offer_by_day` and `listing_on_offer_by_zone` have it. */
const dropDate = sql`((drop_from at time zone 'UTC')::date)`

/** The days of the search on which names drop; some ten, each one look at the index. */
async function daysOf(ctx: AccountContext, { dropFrom, dropTo }: Search): Promise<readonly string[]> {
  const next = (after: RawBuilder<boolean>) =>
    sql`(select min(${dropDate}) from listing where ${isOnOffer} and ${after})`
  const from = dropFrom === undefined ? sql<boolean>`true` : sql<boolean>`${dropDate} >= ${dropFrom}::date`
  const { rows } = await sql<{ day: string }>`
    with recursive found (day) as (
      select ${next(from)}
      union all
      select ${next(sql<boolean>`${dropDate} > found.day`)} from found where found.day is not null
    )
    select day from found where day <= coalesce(${dropTo ?? null}::date, 'infinity') limit ${sql.lit(PARTS_MAX + 1)}`.execute(
    ctx.db,
  )
  return rows.map(({ day }) => day)
}

/** In the terms of the indexes by time, which those by day do not have. */
function isInDays({ dropFrom, dropTo }: SearchListings): RawBuilder<boolean> {
  return all([
    ...(dropFrom === undefined ? [] : [sql<boolean>`drop_from >= ${startOf(dropFrom, 0)}`]),
    ...(dropTo === undefined ? [] : [sql<boolean>`drop_from < ${startOf(dropTo, 1)}`]),
  ])
}

/** When a day begins (UTC), or one so many days later. */
function startOf(date: string, daysLater: number): RawBuilder<unknown> {
  return sql`((${date}::date + ${sql.lit(daysLater)})::timestamp at time zone 'UTC')`
}

function isInZones({ zones }: SearchListings): RawBuilder<boolean> {
  return zones === undefined ? sql<boolean>`true` : sql<boolean>`listing.zone = any(${[...zones]}::text[])`
}

async function countAll(ctx: AccountContext, search: Search) {
  const { rows } = await sql<{ total: bigint }>`
    select count(*) as total from (
      select from listing where ${search.isMatch} and ${search.hasLabel} and ${isInZones(search)} and ${isInDays(search)}
      limit ${sql.lit(COUNTED_MAX + 1)}) as counted`.execute(ctx.db)
  const total = Number(rows[0]?.total ?? 0n)
  return { total: Math.min(total, COUNTED_MAX), totalIsExact: total <= COUNTED_MAX }
}

function tooBroad(cause: unknown): Refusal {
  const refusal = new Refusal(
    'search_too_broad',
    'This search takes too long. Add a filter: a zone, a drop date, or a longer text.',
  )
  refusal.cause = cause
  return refusal
}
