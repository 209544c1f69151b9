import type { Outcome } from '@droplock/rules/machines/catch-target'
import type { Release } from '@droplock/rules/schedule/release'
import {
  priceBandsFromMinor,
  STATISTIC_ORDERS_MIN,
  type StatisticPeriod,
  shownOrders,
  statisticPeriodDays,
} from '@droplock/rules/statistics'
import { type RawBuilder, sql } from 'kysely'
import { type AccountContext, type OperatorContext, requirePermission, requireScope } from '../context.ts'
import { type Listed, type Page, type Paging, readListed, requireCursor, toPage } from '../database/page.ts'
import { isZoneFor } from '../is-zone-for.ts'

/** Prices in minor units from the first, below the second; the last band has no end. */
type PriceBand = { readonly priceFromMinor: bigint; readonly priceBelowMinor: bigint | null }

function bandOf(place: number): PriceBand {
  return {
    priceFromMinor: priceBandsFromMinor[place] ?? 0n,
    priceBelowMinor: priceBandsFromMinor[place + 1] ?? null,
  }
}

/** Results of all customers for the names of a zone, one release model and one price band. Shares in whole percent. */
type ZoneResult = PriceBand & {
  readonly release: Release
  readonly currency: string
  /** Rounded down (`shownOrders`). */
  readonly orders: number
  readonly successPercent: number
  readonly lostPercent: number
  /** Null where nothing was caught. */
  readonly createsPerSuccess: number | null
  /** Null where no create was sent. */
  readonly wastedPercent: number | null
  /** Of the lost orders of which it is known by how much, those that were lost by at most so much; null where these are few. */
  readonly lostWithin: LostWithin | null
}

type LostWithin = { readonly [Class in (typeof lossColumns)[number]]: number }

const lossColumns = ['ms10', 'ms100', 's1', 's10'] as const

export type ZoneStatistics = { readonly zone: string; readonly results: readonly ZoneResult[] }

type ListZoneStatistics = {
  readonly period: StatisticPeriod
  readonly after?: string
  readonly limit: number
}

type ResultRow = {
  readonly release: Release
  readonly currency: string
  readonly priceBand: number
  readonly orders: number
  readonly caught: number
  readonly lost: number
  readonly creates: number
  readonly wasted: number
  readonly withMargin: number
  readonly ms10: number
  readonly ms100: number
  readonly s1: number
  readonly s10: number
}

/**
 * Results by zone, of the whole days of a period that ends yesterday (UTC). Groups of few orders are left out, and numbers are rounded, so
 * that nobody sees what a single customer ordered, also not as the difference of two days. Throws Refusal: insufficient_scope,
 * invalid_cursor.
 */
export async function listZoneStatistics(
  ctx: AccountContext,
  { period, after, limit }: ListZoneStatistics,
): Promise<Page<ZoneStatistics>> {
  requireScope(ctx, 'listings:read')
  const zones = ctx.db
    .selectFrom('zone')
    .where(isZoneFor(ctx.actor.accountId))
    .where('is_sandbox', '=', false)
  if (after !== undefined) await requireCursor(zones.where('zone.name', '=', after).select('zone.name'))
  const rows = await zones
    .select('zone.name as zone')
    .select(resultsOfZone(statisticPeriodDays[period]).as('results'))
    .where('zone.name', '>', after ?? '')
    .orderBy('zone.name')
    .limit(limit + 1)
    .execute()
  const items = rows.map(({ zone, results }) => ({ zone, results: results.flatMap(toResult) }))
  return toPage(items, limit, ({ zone }) => zone)
}

const sumOf = (columns: string) => sql`sum(${sql.raw(columns)})::float8`

/** Groups of the row `zone`, with sums of all outcomes. */
function resultsOfZone(days: number): RawBuilder<readonly ResultRow[]> {
  return sql<readonly ResultRow[]>`
    (select coalesce(jsonb_agg(result order by release, currency, "priceBand"), '[]') from (
      select release, currency, price_band as "priceBand", ${sumOf('orders')} as orders,
        coalesce(sum(orders) filter (where outcome = 'registered'), 0)::float8 as caught,
        coalesce(sum(orders) filter (where outcome = 'lost'), 0)::float8 as lost,
        ${sumOf('creates')} as creates, ${sumOf('wasted_creates')} as wasted,
        coalesce(sum(orders - lost_by_unknown) filter (where outcome = 'lost'), 0)::float8 as "withMargin",
        ${sumOf('lost_by_10ms')} as ms10, ${sumOf('lost_by_10ms + lost_by_100ms')} as ms100,
        ${sumOf('lost_by_10ms + lost_by_100ms + lost_by_1s')} as s1,
        ${sumOf('lost_by_10ms + lost_by_100ms + lost_by_1s + lost_by_10s')} as s10
      from order_statistic as counted
      where counted.zone = zone.name and day < (statement_timestamp() at time zone 'UTC')::date
        and day >= (statement_timestamp() at time zone 'UTC')::date - ${days}::integer
      group by release, currency, price_band having sum(orders) >= ${STATISTIC_ORDERS_MIN}
    ) as result)`
}

function toResult(row: ResultRow): readonly ZoneResult[] {
  const orders = shownOrders(row.orders)
  if (orders === null) return []
  return [
    {
      ...bandOf(row.priceBand),
      release: row.release,
      currency: row.currency,
      orders,
      successPercent: percent(row.caught, row.orders),
      lostPercent: percent(row.lost, row.orders),
      createsPerSuccess: row.caught === 0 ? null : Math.round((10 * row.creates) / row.caught) / 10,
      wastedPercent: row.creates === 0 ? null : percent(row.wasted, row.creates),
      lostWithin: lostWithinOf(row),
    },
  ]
}

function lostWithinOf({ withMargin, ms10, ms100, s1, s10 }: ResultRow): LostWithin | null {
  if (shownOrders(withMargin) === null) return null
  const share = (count: number) => percent(count, withMargin)
  return { ms10: share(ms10), ms100: share(ms100), s1: share(s1), s10: share(s10) }
}

const percent = (part: number, whole: number) => Math.round((100 * part) / whole)

/** Decided orders of one day, zone, release model, currency, price band and outcome, as they were counted. */
export type OrderStatistic = PriceBand & {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string
  readonly zone: string
  readonly release: Release
  readonly currency: string
  readonly outcome: Outcome
  readonly orders: number
  readonly creates: number
  readonly wastedCreates: number
  /** Lost orders by the most that they can have been lost by. */
  readonly lostBy: {
    readonly ms10: number
    readonly ms100: number
    readonly s1: number
    readonly s10: number
    readonly more: number
    readonly unknown: number
  }
}

type ListStatistics = Paging & {
  readonly zone?: string | undefined
  /** Days, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** All that is counted, the newest day first. Throws Refusal('forbidden'). */
export async function listStatistics(
  ctx: OperatorContext,
  query: ListStatistics,
): Promise<Listed<OrderStatistic>> {
  requirePermission(ctx, 'console:read')
  let matching = ctx.db.selectFrom('order_statistic').selectAll().select(sql<string>`day::text`.as('on'))
  if (query.zone !== undefined) matching = matching.where('zone', '=', query.zone)
  if (query.from !== undefined) matching = matching.where(sql<boolean>`day >= ${query.from}::date`)
  if (query.to !== undefined) matching = matching.where(sql<boolean>`day <= ${query.to}::date`)
  const sorted = matching
    .orderBy('day', 'desc')
    .orderBy('zone')
    .orderBy('release')
    .orderBy('currency')
    .orderBy('price_band')
    .orderBy('outcome')
  return readListed(ctx.db, sorted, query, (row) => ({
    ...bandOf(row.price_band),
    day: row.on,
    zone: row.zone,
    release: row.release,
    currency: row.currency,
    outcome: row.outcome,
    orders: Number(row.orders),
    creates: Number(row.creates),
    wastedCreates: Number(row.wasted_creates),
    lostBy: {
      ms10: Number(row.lost_by_10ms),
      ms100: Number(row.lost_by_100ms),
      s1: Number(row.lost_by_1s),
      s10: Number(row.lost_by_10s),
      more: Number(row.lost_by_more),
      unknown: Number(row.lost_by_unknown),
    },
  }))
}
