import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/**
 * How many sums of the statistics differ from the decided orders: by day, zone, currency and outcome, of one snapshot. The zone's release
 * model may have changed since an order was counted.
 */
export async function countWrongStatistics(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ wrong: number }>`
    with counted as (
      select day, zone, currency, outcome, sum(orders) as orders, sum(creates) as creates, sum(wasted_creates) as wasted,
        sum(orders) filter (where outcome = 'lost') - sum(lost_by_unknown) as with_margin
      from order_statistic group by day, zone, currency, outcome
    ), decided as (
      select (backorder.decided_at at time zone 'UTC')::date as day, listing.zone, backorder.currency,
        coalesce(failure_reason, 'registered') as outcome, count(*) as orders, coalesce(sum(target.creates), 0) as creates,
        coalesce(sum(target.wasted_creates), 0) as wasted, count(target.lost_by_max_ms) as with_margin
      from backorder join listing on listing.id = backorder.listing_id
        left join catch_target as target on target.backorder_id = backorder.id
      where backorder.state in ('successful', 'failed')
      group by 1, 2, 3, 4
    )
    select count(*)::integer as wrong from counted full join decided using (day, zone, currency, outcome)
    where row(counted.orders, counted.creates, counted.wasted, coalesce(counted.with_margin, 0))
      is distinct from row(decided.orders, decided.creates, decided.wasted, coalesce(decided.with_margin, 0))`.execute(
    db,
  )
  return rows[0]?.wrong ?? 0
}
