import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { isInBatch } from './record-drop.ts'

/** A drop is not of a cycle whose window is further from it: a list of an older year says nothing about the listing of today. Days. */
const DAYS_APART_MAX = 60

/**
 * Records the names of a staged list of deletions that were listed here: each went on that day by the clock of its registry. A list that
 * has the same names again changes nothing. Returns how many were recorded. Rules 15, 26.
 */
export async function recordListedDrops(tx: Transaction<Database>, runId: string): Promise<number> {
  const { rows } = await sql<{ zone: string }>`
    with listed as (
      select listing.id, listing.zone, listing.drop_from as expected_from, listing.drop_to as expected_to,
        (listing.drop_from at time zone zone.drop_time_zone)::date as expected_on,
        observed.day::timestamp at time zone zone.drop_time_zone as at_from,
        (observed.day + 1)::timestamp at time zone zone.drop_time_zone as at_to, observed.day
      from observed_list_name as observed join zone on zone.name = observed.zone
        cross join lateral (select * from listing where name = observed.name order by cycle desc limit 1) as listing
      where observed.run_id = ${runId} and listing.zone = observed.zone
    )
    insert into observed_drop (listing_id, kind, zone, day, expected_from, expected_to, at_from, at_to, in_batch, evidence, recorded_at)
    select id, 'list', zone, expected_on, expected_from, expected_to, at_from, at_to,
      expected_on = day or ${isInBatch(sql`at_from`)}, ${runId}::text, clock_timestamp()
    from listed where abs(expected_on - day) <= ${DAYS_APART_MAX}
    on conflict do nothing
    returning zone`.execute(tx)
  return rows.length
}
