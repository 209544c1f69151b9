import { sql } from 'kysely'
import type { RaiseAlarm } from '../alarms/raise.ts'
import type { Context } from '../context.ts'

/**
 * The zones of which names go, or stay, further from their windows than submissions follow by themselves, as alarms `drop_off_schedule`,
 * for as long as results of that batch are open.
 */
export async function findOffSchedule(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const { rows } = await sql<{
    zone: string
    day: string
    open: number
    observed: number
    medianSeconds: number | null
  }>`
    select distinct on (batch.zone) batch.zone, batch.day::text, batch.open, batch.observed, batch.median_seconds as "medianSeconds"
    from batch_drift as batch join zone on zone.name = batch.zone
    where batch.beyond and exists (
      select from catch_target as target join listing on listing.id = target.listing_id
      where target.registry_id = zone.registry_id and listing.zone = zone.name
        and target.state in ('armed', 'firing', 'ambiguous', 'awaiting_award')
        and target.expected_from >= batch.day::timestamp at time zone zone.drop_time_zone
        and target.expected_from < (batch.day + 1)::timestamp at time zone zone.drop_time_zone)
    order by batch.zone, batch.day desc`.execute(ctx.db)
  return rows.map(({ zone, day, open, observed, medianSeconds }) => ({
    subject: zone,
    facts: {
      day,
      namesWaiting: open,
      namesObserved: observed,
      ...(medianSeconds !== null && { minutesLate: Math.round(medianSeconds / 6) / 10 }),
    },
  }))
}
