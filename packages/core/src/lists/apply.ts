import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { isBlocked } from '../is-blocked.ts'
import { followMoves, notifyWatchers } from '../schedule/follow-moves.ts'
import { carriedKind, isInScope } from './classify.ts'
import type { RunScope } from './internal.ts'

/** How far a batch of rows came, and what became of them. */
type Added = {
  /** The last name of the batch; null where no row was left. */
  readonly upTo: string | null
  readonly added: number
  readonly tooLate: number
  /** Names that operators have blocked. */
  readonly blocked: number
}

/**
 * Adds a listing for each of the next rows whose name has no live one, as the next cycle of that name (rule 12). Where two lists carry
 * the same name at once, `one_live_listing_per_name` lets one of them add it; a row that was added before is not added again, because
 * it has its listing's id. A name whose cut-off has passed is not added: nobody could order it. Until the run is listed, the listings
 * are `upcoming` and nobody sees them.
 */
export async function addListings(
  tx: Transaction<Database>,
  run: { readonly id: string; readonly opens_at: Date | null; readonly added_up_to: string },
  rowsMax: number,
): Promise<Added> {
  const { rows } = await sql<{ up_to: string | null; added: bigint; too_late: bigint; blocked: bigint }>`
    with staged as materialized (
      select listing_id, name, zone, cutoff_at, drop_from, drop_to from sync_row
      where run_id = ${run.id} and name > ${run.added_up_to} order by name limit ${rowsMax}
    ), unlisted as materialized (
      select staged.*, coalesce(newest.cycle, 0) + 1 as cycle,
        case when ${isBlocked(sql`staged.name`)} then 'blocked' when cutoff_at > clock_timestamp() then 'added' else 'too_late' end as kind
      from staged left join lateral (
        select cycle, state from listing where listing.name = staged.name order by cycle desc limit 1) as newest on true
      where newest.state is null or newest.state not in ('upcoming', 'open', 'closed', 'dropping')
    ), added as (
      insert into listing (id, name, zone, cycle, state, opens_at, cutoff_at, drop_from, drop_to, sync_run_id, publication_id)
      select listing_id, name, zone, cycle, 'upcoming', ${run.opens_at}, cutoff_at, drop_from, drop_to, ${run.id}, ${run.id}
      from unlisted where kind = 'added'
      order by name
      on conflict do nothing
      returning id
    ), noted as (
      insert into sync_change (run_id, name, kind, zone, cutoff_after, drop_from_after, drop_to_after)
      select ${run.id}::uuid, name, kind, zone, cutoff_at, drop_from, drop_to from unlisted
      where kind <> 'added' and not exists (select from listing where listing.id = unlisted.listing_id)
      on conflict do nothing
      returning kind
    )
    select (select max(name) from staged) as up_to, (select count(*) from added) as added,
      (select count(*) from noted where kind = 'too_late') as too_late,
      (select count(*) from noted where kind = 'blocked') as blocked`.execute(tx)
  const batch = rows[0]
  return {
    upTo: batch?.up_to ?? null,
    added: Number(batch?.added ?? 0),
    tooLate: Number(batch?.too_late ?? 0),
    blocked: Number(batch?.blocked ?? 0),
  }
}

/**
 * The run's row of `listing`, looked up for each listing by its key: with the limit the planner has no other choice. (Tried: as a join,
 * statistics from before the run let each batch read all rows of the run.)
 */
function rowOfListing(runId: string): RawBuilder<unknown> {
  return sql`(select * from sync_row where sync_row.run_id = ${runId} and sync_row.name = listing.name limit 1)`
}

/**
 * Of these listings, moves those for which the run states another window, and clears `suspect` of every name that it carries. Rule 6:
 * moved later, a closed listing re-opens and keeps its holder; moved earlier, the next sweep closes it and its secured order stays
 * valid. A name that is dropping now is not moved: the registry's answers decide it. A listing that an operator moved stays where it
 * is, and the list's schedule is kept for when the override is undone. Rows are locked by ascending id and compared under their lock.
 */
export async function moveListings(
  tx: Transaction<Database>,
  ctx: Context,
  run: RunScope,
  listingIds: readonly string[],
) {
  const { rows } = await sql<{ id: string; kind: string; held: boolean }>`
    with seen as (
      select listing.id, listing.holder is not null as held, listing.override_id is not null as overridden, ${carriedKind(run)} as kind, row.name, row.zone,
        coalesce(listing.listed_cutoff_at, listing.cutoff_at) as cutoff_before,
        coalesce(listing.listed_drop_from, listing.drop_from) as drop_from_before,
        coalesce(listing.listed_drop_to, listing.drop_to) as drop_to_before,
        row.cutoff_at, row.drop_from, row.drop_to
      from listing cross join lateral ${rowOfListing(run.id)} as row
      where listing.id = any(${[...listingIds]}::uuid[]) and listing.state in ('upcoming', 'open', 'closed')
        and ${carriedKind(run)} <> 'unchanged'
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
        state = case when listing.state = 'closed' and seen.kind = 'moved' and seen.cutoff_at > clock_timestamp()
          then 'open' else listing.state end,
        suspect = false, sync_run_id = ${run.id}
      from seen where listing.id = seen.id
      returning seen.*
    ), noted as (
      insert into sync_change (run_id, name, kind, zone, listing_id, cutoff_before, drop_from_before, drop_to_before,
        cutoff_after, drop_from_after, drop_to_after)
      select ${run.id}::uuid, name, kind, zone, id, cutoff_before, drop_from_before, drop_to_before,
        cutoff_at, drop_from, drop_to
      from changed where kind in ('moved', 'overridden')
    )
    select id, kind, held from changed`.execute(tx)
  const moved = rows.filter(({ kind }) => kind === 'moved')
  const idsOf = (held: boolean) => moved.filter((each) => each.held === held).map(({ id }) => id)
  // Only names that somebody holds have targets, holds and holders.
  await followMoves(tx, ctx, idsOf(true))
  await notifyWatchers(tx, ctx, idsOf(false))
  return { moved: moved.length, overridden: rows.filter(({ kind }) => kind === 'overridden').length }
}

/**
 * Marks those of these listings as suspect that are live, in the snapshot's scope, and not among its rows. They are not withdrawn: a
 * broken download must not do that, only `info`, RDAP or the registry can (rule 15). An increment says nothing about names that it
 * lacks.
 */
export async function suspectListings(
  tx: Transaction<Database>,
  run: RunScope,
  listingIds: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with absent as (
      select listing.id from listing
      where listing.id = any(${[...listingIds]}::uuid[]) and not listing.suspect
        and not exists (select from ${rowOfListing(run.id)} as row) and ${isInScope(run)}
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
