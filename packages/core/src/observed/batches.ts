import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/**
 * Notes the batches of targets that were armed: each is measured from the earliest time at which one of its names may go. Batches are
 * written in one order, after the targets, so that two transactions do not deadlock.
 */
export async function noteBatches(tx: Transaction<Database>, targetIds: readonly string[]): Promise<void> {
  if (targetIds.length === 0) return
  await sql`
    insert into batch_drift (zone, day, measure_at)
    select zone.name, (target.expected_from at time zone zone.drop_time_zone)::date as day,
      min(target.expected_from - make_interval(secs => zone.drift_earlier_seconds_max))
    from catch_target as target join listing on listing.id = target.listing_id join zone on zone.name = listing.zone
    where target.id = any(${[...targetIds]}::uuid[])
    group by zone.name, day order by zone.name, day
    on conflict (zone, day) do update set measure_at = excluded.measure_at
    where batch_drift.measure_at is null or batch_drift.measure_at > excluded.measure_at`.execute(tx)
}
