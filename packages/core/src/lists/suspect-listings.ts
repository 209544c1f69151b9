import { type Selectable, sql, type Transaction } from 'kysely'
import type { Database, SyncRunTable } from '../database/tables.gen.ts'

/**
 * Marks as suspect the live listings that a snapshot's scope covers and its rows lack. No more than suspect: a broken
 * download must not withdraw names; only `info`, RDAP or the registry does (domain §3). An increment proves no absence.
 * A list counts days in UTC or in the registry's zone; only a name whose drop lies within the scope by both is missed.
 */
export async function suspectListings(
  tx: Transaction<Database>,
  run: Selectable<SyncRunTable>,
): Promise<number> {
  if (run.scope_kind !== 'snapshot') return 0
  const { rows } = await sql<{ id: string }>`
    with absent as (
      select listing.id from listing join zone on zone.name = listing.zone
        cross join lateral (select listing.drop_from + zone.early_seconds * interval '1 second' as at) as purge
        cross join lateral (select (purge.at at time zone 'UTC')::date as utc,
          (purge.at at time zone zone.drop_time_zone)::date as local) as day
      where listing.state in ('upcoming', 'open', 'closed') and not listing.suspect
        and listing.zone = any(${run.scope_zones})
        and (${run.scope_from}::date is null or least(day.utc, day.local) >= ${run.scope_from}::date)
        and (${run.scope_to}::date is null or greatest(day.utc, day.local) <= ${run.scope_to}::date)
        and not exists (select from sync_row as row where row.run_id = ${run.id} and row.name = listing.name)
      order by listing.id
      for update of listing
    )
    update listing set suspect = true from absent where listing.id = absent.id
    returning listing.id`.execute(tx)
  return rows.length
}
