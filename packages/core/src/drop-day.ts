import { COUNTED_MAX } from '@droplock/rules/counts'
import { type CatchTargetState, catchTargetMachine } from '@droplock/rules/machines/catch-target'
import { statesOf } from '@droplock/rules/machines/machine'
import { type Kysely, sql } from 'kysely'
import type { Database } from './database/tables.gen.ts'

/** SQL: the states of a name that a catcher tries or will try, or whose result is unknown. */
export const undecidedStates = sql.lit('{armed,firing,ambiguous,awaiting_award}')

/** Paid names decided in a day are counted so far, of all zones together. */
const DECIDED_MAX = 3 * COUNTED_MAX

/** The paid names of a zone on its present day, by state. */
export type ZoneDay = {
  readonly zone: string
  readonly registryId: string
  readonly targets: Readonly<Record<CatchTargetState, number>>
}

type Row = {
  readonly zone: string
  readonly registryId: string
  readonly state: CatchTargetState
  readonly count: number
}

/**
 * The present day of each zone that has something of it, by the zone's own time zone: names that were decided since it began, and those
 * that are undecided and drop until it ends, earlier ones too. Sorted by zone.
 */
export async function countDropDay(db: Kysely<Database>): Promise<readonly ZoneDay[]> {
  const { rows } = await sql<Row>`
    with day as materialized (
      select name as zone, registry_id, drop_time_zone,
        date_trunc('day', statement_timestamp() at time zone drop_time_zone) as began from zone
    ), target as (
      select near.listing_id, near.state, near.drop_from, null::timestamptz as decided_at from registry cross join lateral (
        select listing_id, state, drop_from from catch_target
        where registry_id = registry.id and state = any (${undecidedStates}::text[])
          and drop_from < statement_timestamp() + interval '25 hours' limit ${COUNTED_MAX}) as near
      union all
      (select listing_id, state, drop_from, decided_at from catch_target
        where attempts_removed_at is null and decided_at > statement_timestamp() - interval '25 hours'
        order by decided_at desc limit ${DECIDED_MAX})
    )
    select day.zone, day.registry_id as "registryId", target.state, count(*)::integer as count
    from target join listing on listing.id = target.listing_id join day on day.zone = listing.zone
    where case when decided_at is null then target.drop_from < (began + interval '1 day') at time zone drop_time_zone
      else decided_at >= began at time zone drop_time_zone end
    group by day.zone, day.registry_id, target.state order by day.zone`.execute(db)
  const zones = Map.groupBy(rows, ({ zone }) => zone)
  return [...zones].map(([zone, found]) => ({
    zone,
    registryId: found[0]?.registryId ?? '',
    targets: countsOf(found),
  }))
}

function countsOf(rows: readonly Row[]): ZoneDay['targets'] {
  const found = new Map(rows.map(({ state, count }) => [state, count]))
  const counts = statesOf(catchTargetMachine).map((state) => [state, found.get(state) ?? 0] as const)
  // `fromEntries` forgets its keys; they are the states.
  return Object.fromEntries(counts) as Record<CatchTargetState, number>
}
