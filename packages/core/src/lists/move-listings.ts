import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { followMoves } from '../schedule/follow-moves.ts'
import { statesOtherwise } from './states-otherwise.ts'

/**
 * Moves the live listings whose window the run states otherwise, and clears the suspicion of every name it carries.
 * Rule 6: moved later, a closed listing re-opens and keeps its holder; moved earlier, the next sweep closes it and its
 * secured order stays valid. A name that is dropping now is left alone: the registry's answers, not a list, decide it. One
 * that an operator moved stays where it is: what the list says is kept for the day the move is undone.
 * Rows are locked in id order, like everywhere.
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
