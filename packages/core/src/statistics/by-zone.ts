import { sql } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'

/** What became of the orders of a zone, by the day (UTC) on which they were decided. Shares in percent of the orders. */
type ZoneOutcomes = {
  readonly zone: string
  readonly orders: number
  readonly caught: number
  readonly lost: number
  readonly missed: number
  /** Premium, withdrawn or refused: nobody could have caught them at the standard fee. */
  readonly notAvailable: number
  readonly caughtPercent: number
  readonly creates: number
  /** Those of them that certainly could not register the name. */
  readonly wastedCreates: number
  /** Lost orders of which it is known that they were lost by at most this much. */
  readonly lostWithin100ms: number
  readonly lostWithin1s: number
}

type ListZoneOutcomes = Paging & {
  readonly zone?: string | undefined
  /** Dates, ISO 8601, both inclusive. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The outcomes of decided orders by zone, those with most orders first. Throws Refusal('forbidden'). */
export async function listZoneOutcomes(
  ctx: OperatorContext,
  { zone, from, to, ...page }: ListZoneOutcomes,
): Promise<Listed<ZoneOutcomes>> {
  requirePermission(ctx, 'console:read')
  let decided = ctx.db.selectFrom('order_statistic')
  if (zone !== undefined) decided = decided.where('zone', '=', zone)
  if (from !== undefined) decided = decided.where(sql<boolean>`day >= ${from}::date`)
  if (to !== undefined) decided = decided.where(sql<boolean>`day <= ${to}::date`)
  const byZone = decided
    .groupBy('zone')
    .select('zone')
    .select([
      sql<string>`sum(orders)`.as('orders'),
      sql<string>`coalesce(sum(orders) filter (where outcome = 'registered'), 0)`.as('caught'),
      sql<string>`coalesce(sum(orders) filter (where outcome = 'lost'), 0)`.as('lost'),
      sql<string>`coalesce(sum(orders) filter (where outcome = 'missed'), 0)`.as('missed'),
      sql<string>`sum(creates)`.as('creates'),
      sql<string>`sum(wasted_creates)`.as('wasted'),
      sql<string>`sum(lost_by_10ms + lost_by_100ms)`.as('within_100ms'),
      sql<string>`sum(lost_by_10ms + lost_by_100ms + lost_by_1s)`.as('within_1s'),
    ])
  const zones = ctx.db.selectFrom(byZone.as('by_zone')).selectAll()
  return readListed(ctx.db, zones.orderBy('orders', 'desc').orderBy('zone'), page, (row) => {
    const [orders, caught] = [Number(row.orders), Number(row.caught)]
    const [lost, missed] = [Number(row.lost), Number(row.missed)]
    return {
      zone: row.zone,
      orders,
      caught,
      lost,
      missed,
      notAvailable: orders - caught - lost - missed,
      caughtPercent: orders === 0 ? 0 : Math.round((1_000 * caught) / orders) / 10,
      creates: Number(row.creates),
      wastedCreates: Number(row.wasted),
      lostWithin100ms: Number(row.within_100ms),
      lostWithin1s: Number(row.within_1s),
    }
  })
}
