import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'

type Statistic = {
  readonly outcome?: string
  readonly release?: string
  readonly priceBand?: number
  readonly orders?: number
  readonly creates?: number
  readonly wasted?: number
  readonly unknown?: number
}

/** Orders that were decided, as they are counted. */
function addStatistic(
  { tx }: Fixture,
  {
    outcome = 'missed',
    release = 'daily_batch',
    priceBand = 0,
    orders = 1,
    creates = 2,
    wasted = 1,
    unknown = 0,
  }: Statistic = {},
) {
  return sql`
    insert into order_statistic
    select '2026-11-29', name, ${release}, 'USD', ${priceBand}::smallint, ${outcome}, ${orders}::bigint, ${creates}::bigint,
      ${wasted}::bigint, 0, 0, 0, 0, 0, ${unknown}::bigint
    from zone limit 1`.execute(tx)
}

const table = 'order_statistic'

export const statisticViolations: readonly Violation[] = [
  {
    table,
    constraint: 'one_statistic_per_group',
    guarantee: 'orders of one group and day are counted in one place',
    violate: async (fixture) => {
      await addStatistic(fixture)
      await addStatistic(fixture)
    },
  },
  {
    table,
    constraint: 'statistic_price_band_known',
    guarantee: 'orders are counted in a known price band',
    violate: (fixture) => addStatistic(fixture, { priceBand: 4 }),
  },
  {
    table,
    constraint: 'statistic_is_of_orders',
    guarantee: 'a statistic is of at least one order',
    violate: (fixture) => addStatistic(fixture, { orders: 0 }),
  },
  {
    table,
    constraint: 'statistic_release_known',
    guarantee: 'orders are counted under a known release model',
    violate: (fixture) => addStatistic(fixture, { release: 'never' }),
  },
  {
    table,
    constraint: 'statistic_outcome_known',
    guarantee: 'orders are counted under a known outcome',
    violate: (fixture) => addStatistic(fixture, { outcome: 'forgotten' }),
  },
  {
    table,
    constraint: 'counted_waste_within_creates',
    guarantee: 'no more creates are wasted than were sent',
    violate: (fixture) => addStatistic(fixture, { creates: 1, wasted: 2 }),
  },
  {
    table,
    constraint: 'every_counted_loss_has_a_class',
    guarantee: 'every lost order is counted in one class of margins, and no other order is',
    violate: (fixture) => addStatistic(fixture, { outcome: 'lost', orders: 2, unknown: 1 }),
  },
  {
    table,
    constraint: 'statistic_only_grows',
    guarantee: 'an order that was counted stays counted',
    violate: async (fixture) => {
      await addStatistic(fixture, { orders: 2 })
      await sql`update order_statistic set orders = 1`.execute(fixture.tx)
    },
  },
  {
    table,
    constraint: 'statistic_is_never_deleted',
    guarantee: 'statistics are never removed',
    violate: async (fixture) => {
      await addStatistic(fixture)
      await sql`delete from order_statistic`.execute(fixture.tx)
    },
  },
]
