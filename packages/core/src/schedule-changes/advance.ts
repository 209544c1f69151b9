import { decideChange, type ScheduleAction } from '@droplock/rules/schedule/change'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database, ScheduleChangeListingTable, ScheduleChangeTable } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockListingsWithTargets } from '../locks.ts'
import { actionOf, isMove, type Move } from '../schedule/change-row.ts'
import {
  type ListingFacts,
  readZoneSchedules,
  selectFacts,
  toFacts,
  zoneScheduleOf,
} from '../schedule/facts.ts'
import { moveAsListed, overrideListings, removeOverrides } from '../schedule/move.ts'
import { decideUndo } from './decide-undo.ts'
import { findWhatChanged } from './what-changed.ts'

type Change = Selectable<ScheduleChangeTable>
type Child = Selectable<ScheduleChangeListingTable>

export type Advanced = {
  readonly changeId: string
  /** Listings that were handled; 0: the change was finished. */
  readonly listings: number
}

/**
 * Applies, or undoes, the next batch of a change that is under way, in one transaction: the listings are locked, decided again and
 * written, and each row says what was done, so that a worker that dies leaves nothing undone twice. Call again until it returns
 * undefined, which means that no change is under way, or that other workers have them all.
 */
export async function advanceScheduleChange(
  ctx: Context,
  listingsMax: number,
): Promise<Advanced | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    const change = await tx
      .selectFrom('schedule_change')
      .selectAll()
      .where('state', 'in', ['applying', 'undoing'])
      .orderBy('applied_at')
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (change === undefined) return undefined
    const children = await readNext(tx, change, listingsMax)
    if (children.length === 0) await finish(tx, change)
    else if (change.state === 'applying') await applyBatch(tx, ctx, change, children)
    else await undoBatch(tx, ctx, change, children)
    return { changeId: change.id, listings: children.length }
  })
}

/** After the listing that was reached: what is done is not read again, however many rows that are. */
async function readNext(
  tx: Transaction<Database>,
  { id, state, reached }: Change,
  limit: number,
): Promise<readonly Child[]> {
  let next = tx.selectFrom('schedule_change_listing').selectAll().where('change_id', '=', id)
  if (reached !== null) next = next.where('listing_id', '>', reached)
  const waiting =
    state === 'applying'
      ? next.where('result', 'is', null)
      : next.where('result', '=', 'applied').where('undo_result', 'is', null)
  const children = await waiting.orderBy('listing_id').limit(limit).execute()
  const last = children.at(-1)?.listing_id
  if (last !== undefined)
    await tx.updateTable('schedule_change').set({ reached: last }).where('id', '=', id).execute()
  return children
}

async function finish(tx: Transaction<Database>, { id, state }: Change): Promise<void> {
  const now = await databaseTime(tx)
  const ended =
    state === 'applying'
      ? ({ state: 'applied', finished_at: now } as const)
      : ({ state: 'undone', undone_at: now } as const)
  await tx.updateTable('schedule_change').set(ended).where('id', '=', id).execute()
}

/** The listings of a batch as they are under their locks. */
async function lockFacts(tx: Transaction<Database>, children: readonly Child[]) {
  const ids = children.map(({ listing_id }) => listing_id)
  await lockListingsWithTargets(tx, ids)
  const rows = await selectFacts(tx).where('listing.id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, toFacts(row)]))
}

type Result = {
  readonly listingId: string
  readonly result: 'applied' | 'unchanged' | 'skipped'
  readonly skippedFor?: string
  readonly changed?: readonly string[]
  readonly move?: Move
}

async function applyBatch(
  tx: Transaction<Database>,
  ctx: Context,
  change: Change,
  children: readonly Child[],
): Promise<void> {
  const action = actionOf(change)
  const facts = await lockFacts(tx, children)
  const zones = await readZoneSchedules(tx)
  const now = await databaseTime(tx)
  const results = children.map((child): Result => {
    const listing = facts.get(child.listing_id)
    if (listing === undefined) throw new Error(`no listing ${child.listing_id}`)
    return decideAgain(child, listing, (seen) =>
      decideChange(action, seen, zoneScheduleOf(zones, seen.zone), now),
    )
  })
  const moves = results.flatMap(({ move }) => (move === undefined ? [] : [move]))
  const overrides = await write(tx, ctx, change, action, moves, now)
  await recordResults(tx, change.id, results, overrides)
}

async function write(
  tx: Transaction<Database>,
  ctx: Context,
  change: Change,
  action: ScheduleAction,
  moves: readonly Move[],
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  if (action.kind !== 'policy') {
    const { id: changeId, reason, made_by: staffId } = change
    return overrideListings(tx, ctx, moves, { changeId, reason: reason ?? '', staffId, now })
  }
  await moveAsListed(tx, ctx, moves)
  return new Map()
}

type Decide = (facts: ListingFacts) => ReturnType<typeof decideChange>

/** Only a listing that is as the preview saw it is changed; otherwise its row says what has changed. */
function decideAgain(child: Child, facts: ListingFacts, decide: Decide): Result {
  const listingId = child.listing_id
  const changed = findWhatChanged(child, facts)
  if (changed.length > 0) return { listingId, result: 'skipped', skippedFor: 'changed', changed }
  const decision = decide(facts)
  if (decision.effect === 'not_movable') return { listingId, result: 'skipped', skippedFor: decision.because }
  const decided = { facts, decision }
  return isMove(decided)
    ? { listingId, result: 'applied', move: decided }
    : { listingId, result: 'unchanged' }
}

async function recordResults(
  tx: Transaction<Database>,
  changeId: string,
  results: readonly Result[],
  overrides: ReadonlyMap<string, string>,
): Promise<void> {
  const after = results.map(({ move }) => move?.decision.after)
  await sql`
    update schedule_change_listing as child set result = done.result, skipped_for = done.skipped_for,
      changed = string_to_array(done.changed, ','), override_id = done.override_id, cutoff_after = done.cutoff_at,
      drop_from_after = done.drop_from, drop_to_after = done.drop_to
    from unnest(
      ${results.map(({ listingId }) => listingId)}::uuid[], ${results.map(({ result }) => result)}::text[],
      ${results.map(({ skippedFor }) => skippedFor ?? null)}::text[],
      ${results.map(({ changed }) => changed?.join(',') ?? null)}::text[],
      ${results.map(({ listingId }) => overrides.get(listingId) ?? null)}::uuid[],
      ${after.map((each) => each?.cutoffAt ?? null)}::timestamptz[], ${after.map((each) => each?.dropFrom ?? null)}::timestamptz[],
      ${after.map((each) => each?.dropTo ?? null)}::timestamptz[]
    ) as done (listing_id, result, skipped_for, changed, override_id, cutoff_at, drop_from, drop_to)
    where child.change_id = ${changeId}::uuid and child.listing_id = done.listing_id`.execute(tx)
}

async function undoBatch(
  tx: Transaction<Database>,
  ctx: Context,
  change: Change,
  children: readonly Child[],
): Promise<void> {
  const facts = await lockFacts(tx, children)
  const now = await databaseTime(tx)
  const moves: Move[] = []
  const skipped = new Map<string, string>()
  for (const child of children) {
    const listing = facts.get(child.listing_id)
    if (listing === undefined) throw new Error(`no listing ${child.listing_id}`)
    const decision = decideUndo(change, child, listing, now)
    if (decision.effect === 'not_movable') skipped.set(child.listing_id, decision.because)
    else moves.push({ facts: listing, decision })
  }
  if (change.kind === 'policy') await moveAsListed(tx, ctx, moves)
  else {
    const by = { staffId: change.undone_by, name: change.undone_by_name ?? '' }
    await removeOverrides(tx, ctx, moves, { reason: change.undo_reason ?? '', by, now })
  }
  const ids = children.map(({ listing_id }) => listing_id)
  await sql`
    update schedule_change_listing as child set undo_result = case when done.skipped_for is null then 'undone' else 'skipped' end,
      undo_skipped_for = done.skipped_for
    from unnest(${ids}::uuid[], ${ids.map((id) => skipped.get(id) ?? null)}::text[]) as done (listing_id, skipped_for)
    where child.change_id = ${change.id}::uuid and child.listing_id = done.listing_id`.execute(tx)
}
