import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { isBlocked } from '../is-blocked.ts'
import { followMoves } from '../schedule/follow-moves.ts'
import { isAbsent, statesOtherwise } from './classify.ts'
import type { RunScope } from './internal.ts'

/**
 * Adds a listing for each name of the run that has no live one, as the next cycle of that name (rule 12). Where two lists carry the
 * same name at once, `one_live_listing_per_name` lets one of them add it. A name whose cut-off has passed is not added: nobody could
 * order it.
 */
export async function addListings(tx: Transaction<Database>, runId: string, opensAt: Date) {
  const { rows } = await sql<{ added: bigint; too_late: bigint }>`
    with unlisted as (
      select row.*, row.cutoff_at > clock_timestamp() as in_time
      from sync_row as row
      where row.run_id = ${runId} and not ${isBlocked(sql`row.name`)} and not exists (
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

/**
 * Moves the live listings for which the run states another window, and clears `suspect` of every name that it carries. Rule 6: moved
 * later, a closed listing re-opens and keeps its holder; moved earlier, the next sweep closes it and its secured order stays valid.
 * A name that is dropping now is not moved: the registry's answers decide it. A listing that an operator moved stays where it is, and
 * the list's schedule is kept for when the override is undone. Rows are locked by ascending id.
 */
export async function moveListings(tx: Transaction<Database>, ctx: Context, runId: string) {
  const { rows } = await sql<{ id: string; overridden: boolean; moves: boolean }>`
    with seen as (
      select listing.id, listing.override_id is not null as overridden, ${statesOtherwise()} as moves, row.name, row.zone,
        coalesce(listing.listed_cutoff_at, listing.cutoff_at) as cutoff_before,
        coalesce(listing.listed_drop_from, listing.drop_from) as drop_from_before,
        coalesce(listing.listed_drop_to, listing.drop_to) as drop_to_before,
        row.cutoff_at, row.drop_from, row.drop_to
      from listing join sync_row as row on row.name = listing.name and row.run_id = ${runId}
      where listing.state in ('upcoming', 'open', 'closed') and (listing.suspect or ${statesOtherwise()})
      order by listing.id
      for update of listing
    ), changed as (
      update listing set
        cutoff_at = case when seen.overridden then listing.cutoff_at else seen.cutoff_at end,
        drop_from = case when seen.overridden then listing.drop_from else seen.drop_from end,
        drop_to = case when seen.overridden then listing.drop_to else seen.drop_to end,
        listed_cutoff_at = case when seen.overridden then seen.cutoff_at end,
        listed_drop_from = case when seen.overridden then seen.drop_from end,
        listed_drop_to = case when seen.overridden then seen.drop_to end,
        state = case when listing.state = 'closed' and seen.moves and not seen.overridden and seen.cutoff_at > clock_timestamp()
          then 'open' else listing.state end,
        suspect = false, sync_run_id = ${runId}
      from seen where listing.id = seen.id
      returning seen.*
    ), noted as (
      insert into sync_change (run_id, name, kind, zone, listing_id, cutoff_before, drop_from_before, drop_to_before,
        cutoff_after, drop_from_after, drop_to_after)
      select ${runId}::uuid, name, case when overridden then 'overridden' else 'moved' end, zone, id,
        cutoff_before, drop_from_before, drop_to_before, cutoff_at, drop_from, drop_to
      from changed where moves
    )
    select id, overridden, moves from changed where moves`.execute(tx)
  const moved = rows.filter((row) => !row.overridden).map((row) => row.id)
  await followMoves(tx, ctx, moved)
  return { moved: moved.length, overridden: rows.length - moved.length }
}

/**
 * Marks the live listings in a snapshot's scope that it does not carry as suspect. They are not withdrawn: a broken download must not
 * do that, only `info`, RDAP or the registry can (rule 15). An increment says nothing about names that it lacks.
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
