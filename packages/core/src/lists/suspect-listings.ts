import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { isAbsent } from './is-absent.ts'
import type { RunScope } from './run-scope.ts'

/**
 * Marks as suspect the live listings that a snapshot's scope covers and its rows lack. No more than suspect: a broken
 * download must not withdraw names; only `info`, RDAP or the registry does (domain §3). An increment proves no absence.
 */
export async function suspectListings(tx: Transaction<Database>, run: RunScope): Promise<number> {
  if (run.scope_kind !== 'snapshot') return 0
  const { rows } = await sql<{ id: string }>`
    with absent as (
      select listing.id from listing where not listing.suspect and ${isAbsent(run)}
      order by listing.id
      for update of listing
    ), changed as (
      update listing set suspect = true from absent where listing.id = absent.id
      returning listing.*
    ), noted as (
      insert into sync_change (run_id, name, kind, zone, listing_id, cutoff_before, drop_from_before, drop_to_before)
      select ${run.id}::uuid, name, 'suspected', zone, id, cutoff_at, drop_from, drop_to from changed
    )
    select id from changed`.execute(tx)
  return rows.length
}
