import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import type { Move } from './change-row.ts'
import { followMoves } from './follow-moves.ts'

type Overriding = {
  readonly changeId: string
  readonly reason: string
  /** The person who moves them; null where a command or the service does. */
  readonly staffId: string | null
  readonly now: Date
}

/**
 * Moves listings by an operator's decision: from then on lists do not move them. An override that was in force is replaced and the
 * listed schedule stays, so undoing never returns to another override. The caller holds the locks of the listings and their targets.
 * Returns the override of each listing.
 */
export async function overrideListings(
  tx: Transaction<Database>,
  ctx: Context,
  moves: readonly Move[],
  { changeId, reason, staffId, now }: Overriding,
): Promise<ReadonlyMap<string, string>> {
  const overrides = new Map(moves.map(({ facts }) => [facts.id, ctx.newId()]))
  if (moves.length === 0) return overrides
  const ids = [...overrides.keys()]
  await sql`
    update schedule_override set replaced_at = ${now}
    where listing_id = any(${ids}::uuid[]) and replaced_at is null and undone_at is null`.execute(tx)
  const moved = movedRows(moves)
  await sql`
    insert into schedule_override (id, listing_id, change_id, cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before,
      drop_to_before, reason, applied_by, applied_at)
    select fresh.id, listing.id, ${changeId}::uuid, moved.cutoff_at, moved.drop_from, moved.drop_to, listing.cutoff_at,
      listing.drop_from, listing.drop_to, ${reason}, ${staffId}::uuid, ${now}::timestamptz
    from ${moved} join unnest(${ids}::uuid[], ${[...overrides.values()]}::uuid[]) as fresh (listing_id, id)
      on fresh.listing_id = moved.id
    join listing on listing.id = moved.id`.execute(tx)
  await sql`
    update listing set
      state = moved.state, override_id = fresh.id,
      listed_cutoff_at = coalesce(listing.listed_cutoff_at, listing.cutoff_at),
      listed_drop_from = coalesce(listing.listed_drop_from, listing.drop_from),
      listed_drop_to = coalesce(listing.listed_drop_to, listing.drop_to),
      cutoff_at = moved.cutoff_at, drop_from = moved.drop_from, drop_to = moved.drop_to
    from ${moved} join unnest(${ids}::uuid[], ${[...overrides.values()]}::uuid[]) as fresh (listing_id, id)
      on fresh.listing_id = moved.id
    where listing.id = moved.id`.execute(tx)
  await followStops(tx, ctx, moves)
  return overrides
}

/** Moves listings as a list does: later lists move them again. */
export async function moveAsListed(
  tx: Transaction<Database>,
  ctx: Context,
  moves: readonly Move[],
): Promise<void> {
  if (moves.length === 0) return
  await sql`
    update listing set state = moved.state, cutoff_at = moved.cutoff_at, drop_from = moved.drop_from, drop_to = moved.drop_to
    from ${movedRows(moves)} where listing.id = moved.id`.execute(tx)
  await followStops(tx, ctx, moves)
}

type Undoing = {
  readonly reason: string
  readonly by: { readonly staffId: string | null; readonly name: string }
  readonly now: Date
}

/** Ends the overrides of listings: they return to what lists say now. The caller holds the locks. */
export async function removeOverrides(
  tx: Transaction<Database>,
  ctx: Context,
  moves: readonly Move[],
  { reason, by, now }: Undoing,
): Promise<void> {
  if (moves.length === 0) return
  await sql`
    update schedule_override set undone_by = ${by.staffId}::uuid, undone_by_name = ${by.name}, undone_at = ${now}::timestamptz,
      undo_reason = ${reason}, cutoff_returned_to = listing.listed_cutoff_at, drop_from_returned_to = listing.listed_drop_from,
      drop_to_returned_to = listing.listed_drop_to
    from listing where listing.id = any(${moves.map(({ facts }) => facts.id)}::uuid[])
      and schedule_override.id = listing.override_id`.execute(tx)
  await sql`
    update schedule_change_listing as child set undo_result = 'undone'
    from listing join schedule_override as override on override.id = listing.override_id
    where listing.id = any(${moves.map(({ facts }) => facts.id)}::uuid[])
      and child.change_id = override.change_id and child.listing_id = listing.id`.execute(tx)
  await sql`
    update listing set
      state = moved.state, override_id = null,
      cutoff_at = listed_cutoff_at, drop_from = listed_drop_from, drop_to = listed_drop_to,
      listed_cutoff_at = null, listed_drop_from = null, listed_drop_to = null
    from ${movedRows(moves)} where listing.id = moved.id`.execute(tx)
  await followStops(tx, ctx, moves)
}

/** The new state and schedule of each listing, as a table `moved`. */
function movedRows(moves: readonly Move[]) {
  const after = moves.map(({ decision }) => decision.after)
  return sql`unnest(
    ${moves.map(({ facts }) => facts.id)}::uuid[], ${moves.map(({ decision }) => decision.move.stateAfter)}::text[],
    ${after.map((each) => each.cutoffAt)}::timestamptz[], ${after.map((each) => each.dropFrom)}::timestamptz[],
    ${after.map((each) => each.dropTo)}::timestamptz[]) as moved (id, state, cutoff_at, drop_from, drop_to)`
}

/** Targets, holds and holders follow. Where a drop was stopped, its target is disarmed and its order waits again. */
async function followStops(tx: Transaction<Database>, ctx: Context, moves: readonly Move[]): Promise<void> {
  const stopped = moves.filter(({ facts }) => facts.state === 'dropping').map(({ facts }) => facts.id)
  await followMoves(
    tx,
    ctx,
    moves.map(({ facts }) => facts.id),
    stopped,
  )
}
