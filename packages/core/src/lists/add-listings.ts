import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/**
 * Lists the run's names that have no live listing, each as the next cycle of its name (rule 12). `one_live_listing_per_name`
 * settles two lists that carry one name at once: the second finds it listed. A name whose cut-off has passed is not listed:
 * nobody could order it.
 */
export async function addListings(tx: Transaction<Database>, runId: string, opensAt: Date) {
  const { rows } = await sql<{ added: bigint; too_late: bigint }>`
    with unlisted as (
      select row.*, row.cutoff_at > clock_timestamp() as in_time
      from sync_row as row
      where row.run_id = ${runId} and not exists (
        select from listing where listing.name = row.name
          and listing.state in ('upcoming', 'open', 'closed', 'dropping'))
    ), added as (
      insert into listing (id, name, zone, cycle, state, opens_at, cutoff_at, drop_from, drop_to, sync_run_id)
      select listing_id, name, zone,
        1 + coalesce((select max(cycle) from listing where listing.name = unlisted.name), 0),
        'upcoming', ${opensAt}, cutoff_at, drop_from, drop_to, run_id
      from unlisted where in_time
      order by name
      on conflict do nothing
      returning id, name, zone, cutoff_at, drop_from, drop_to
    ), noted as (
      insert into sync_change (run_id, name, kind, zone, listing_id, cutoff_after, drop_from_after, drop_to_after)
      select ${runId}::uuid, name, 'added', zone, id, cutoff_at, drop_from, drop_to from added
      union all
      select ${runId}::uuid, name, 'too_late', zone, null::uuid, cutoff_at, drop_from, drop_to from unlisted where not in_time
    )
    select (select count(*) from added) as added, (select count(*) from unlisted where not in_time) as too_late`.execute(
    tx,
  )
  const counts = rows[0]
  return { added: Number(counts?.added ?? 0), tooLate: Number(counts?.too_late ?? 0) }
}
