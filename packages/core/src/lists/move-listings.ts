import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { armTargets } from '../targets/arm.ts'

/**
 * Moves the live listings whose window the run states otherwise, and clears the suspicion of every name it carries.
 * Rule 6: moved later, a closed listing re-opens and keeps its holder; moved earlier, the next sweep closes it and its
 * secured order stays valid. A name that is dropping now is left alone: the registry's answers, not a list, decide it.
 * Rows are locked in id order, like everywhere.
 */
export async function moveListings(tx: Transaction<Database>, ctx: Context, runId: string): Promise<number> {
  const { rows } = await sql<{ id: string; state: string; suspect_only: boolean }>`
    with seen as (
      select listing.id,
        (listing.drop_from, listing.drop_to, listing.cutoff_at) is distinct from (row.drop_from, row.drop_to, row.cutoff_at) as moves,
        row.drop_from, row.drop_to, row.cutoff_at
      from listing join sync_row as row on row.name = listing.name and row.run_id = ${runId}
      where listing.state in ('upcoming', 'open', 'closed')
        and (listing.suspect
          or (listing.drop_from, listing.drop_to, listing.cutoff_at) is distinct from (row.drop_from, row.drop_to, row.cutoff_at))
      order by listing.id
      for update of listing
    )
    update listing set
      drop_from = seen.drop_from, drop_to = seen.drop_to, cutoff_at = seen.cutoff_at, suspect = false,
      state = case when listing.state = 'closed' and seen.moves and seen.cutoff_at > clock_timestamp() then 'open' else listing.state end,
      sync_run_id = ${runId}
    from seen where listing.id = seen.id
    returning listing.id, listing.state, not seen.moves as suspect_only`.execute(tx)
  const moved = rows.filter((row) => !row.suspect_only)
  await disarm(tx, idsOf(moved))
  // One that stays closed meets no cut-off again: nobody else would arm it.
  await armTargets(tx, ctx, idsOf(moved.filter((row) => row.state === 'closed')))
  return moved.length
}

/** A target of a moved listing waits for the new cut-off, which arms it again with the new window. */
async function disarm(tx: Transaction<Database>, listingIds: readonly string[]): Promise<void> {
  if (listingIds.length === 0) return
  await sql`
    update catch_target set state = 'disarmed' from listing
    where listing.id = any(${[...listingIds]}::uuid[]) and catch_target.backorder_id = listing.holder
      and catch_target.state = 'armed'`.execute(tx)
}

function idsOf(rows: readonly { readonly id: string }[]): readonly string[] {
  return rows.map((row) => row.id)
}
