import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

const policy = sql`drop_time_zone, drop_starts_at, drop_also_at, drop_lasts_seconds, early_seconds, late_seconds, cutoff_lead_seconds`

/** Before a zone's policy is written: keeps what is in force, by which the windows of its listings were made. */
export async function keepPastPolicy(tx: Transaction<Database>, zone: string): Promise<void> {
  await sql`
    insert into past_zone_policy (zone, replaced_at, ${policy}) select name, clock_timestamp(), ${policy} from zone
    where name = ${zone}`.execute(tx)
}

/** After it was written: a policy that is the same as before has replaced nothing. */
export async function dropSamePolicy(tx: Transaction<Database>, zone: string): Promise<void> {
  await sql`
    delete from past_zone_policy as past using zone
    where past.zone = ${zone} and zone.name = ${zone}
      and (past.drop_time_zone, past.drop_starts_at, past.drop_also_at, past.drop_lasts_seconds, past.early_seconds, past.late_seconds,
        past.cutoff_lead_seconds) is not distinct from (zone.drop_time_zone, zone.drop_starts_at, zone.drop_also_at,
        zone.drop_lasts_seconds, zone.early_seconds, zone.late_seconds, zone.cutoff_lead_seconds)`.execute(tx)
}
