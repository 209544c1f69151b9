import { type RawBuilder, sql } from 'kysely'
import type { RunScope } from './run-scope.ts'

/**
 * Whether the run proves that the listing left the list: live, not yet dropping, within a snapshot's scope, and not among
 * its rows. An increment proves no absence (domain §3). A list counts days in UTC or in the registry's zone; only a name
 * whose drop lies within the scope by both is missed.
 */
export function isAbsent(run: RunScope): RawBuilder<boolean> {
  if (run.scope_kind !== 'snapshot') return sql<boolean>`false`
  return sql<boolean>`(
    listing.state in ('upcoming', 'open', 'closed') and listing.zone = any(${[...run.scope_zones]})
    and not exists (select from sync_row as row where row.run_id = ${run.id} and row.name = listing.name)
    and exists (
      select from zone
        cross join lateral (select coalesce(listing.listed_drop_from, listing.drop_from)
          + zone.early_seconds * interval '1 second' as at) as purge
        cross join lateral (select (purge.at at time zone 'UTC')::date as utc,
          (purge.at at time zone zone.drop_time_zone)::date as local) as day
      where zone.name = listing.zone
        and (${run.scope_from}::date is null or least(day.utc, day.local) >= ${run.scope_from}::date)
        and (${run.scope_to}::date is null or greatest(day.utc, day.local) <= ${run.scope_to}::date)))`
}
