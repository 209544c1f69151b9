import type { Schedule } from '@droplock/rules/listings'
import type { ScheduleChangeState } from '@droplock/rules/machines/schedule-change'
import { Refusal } from '@droplock/rules/refusals'
import type { ChangeEffect, DriftAction, ScheduleAction } from '@droplock/rules/schedule/change'
import type { ChangeCounts } from '@droplock/rules/schedule/change-counts'
import { type Selectable, sql } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed } from '../database/page.ts'
import type { ScheduleChangeTable } from '../database/tables.gen.ts'
import { searchedAs } from '../name-as-written.ts'
import { recordedActionOf } from '../schedule/change-row.ts'
import { scheduleOrNull } from '../schedule/read.ts'
import type { ChangeFilter } from './select.ts'

/** A value as JSON keeps it: times are text. */
type Stored<Value> = Value extends Date
  ? string
  : Value extends object
    ? { [Key in keyof Value]: Stored<Value[Key]> }
    : Value

export type ChangeView = {
  readonly id: string
  readonly action: ScheduleAction | DriftAction
  readonly filter: Stored<ChangeFilter>
  /** What the preview counted; null for a change of one listing, which is counted as it is made. */
  readonly counts: Stored<ChangeCounts> | null
  readonly state: ScheduleChangeState
  readonly reason: string | null
  readonly madeBy: string
  readonly madeAt: Date
  readonly appliedAt: Date | null
  readonly finishedAt: Date | null
  readonly undoReason: string | null
  readonly undoneBy: string | null
  readonly undoneAt: Date | null
}

function toView(row: Selectable<ScheduleChangeTable>): ChangeView {
  return {
    id: row.id,
    action: recordedActionOf(row),
    // Written by `previewChange` and `recordChangeOfOne`.
    filter: row.filter as Stored<ChangeFilter>,
    counts: 'listings' in Object(row.preview) ? (row.preview as Stored<ChangeCounts>) : null,
    state: row.state,
    reason: row.reason,
    madeBy: row.made_by_name,
    madeAt: row.made_at,
    appliedAt: row.applied_at,
    finishedAt: row.finished_at,
    undoReason: row.undo_reason,
    undoneBy: row.undone_by_name,
    undoneAt: row.undone_at,
  }
}

type ListChanges = Paging & {
  readonly state?: ScheduleChangeState | undefined
  /** What their filter names. */
  readonly zone?: string | undefined
  readonly registryId?: string | undefined
  /** Made in [from, to). */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

/** Changes, the newest first; drafts are not listed unless they are asked for. Throws Refusal('forbidden'). */
export async function listChanges(ctx: OperatorContext, query: ListChanges): Promise<Listed<ChangeView>> {
  requirePermission(ctx, 'console:read')
  const { state, zone, registryId, from, to } = query
  const all = ctx.db.selectFrom('schedule_change').selectAll()
  let matching = state === undefined ? all.where('state', '<>', 'draft') : all.where('state', '=', state)
  if (zone !== undefined) matching = matching.where(sql<boolean>`filter ->> 'zone' = ${zone}`)
  if (registryId !== undefined)
    matching = matching.where(sql<boolean>`filter ->> 'registryId' = ${registryId}`)
  if (from !== undefined) matching = matching.where('made_at', '>=', from)
  if (to !== undefined) matching = matching.where('made_at', '<', to)
  return readListed(ctx.db, matching.orderBy('made_at', 'desc').orderBy('id'), query, toView)
}

/** How far a change is. */
export type ChangeProgress = {
  readonly listings: number
  readonly waiting: number
  readonly applied: number
  readonly unchanged: number
  readonly skipped: number
  /** Why listings were skipped, and how many for each cause. */
  readonly skippedFor: Readonly<Record<string, number>>
  readonly undone: number
  readonly undoSkippedFor: Readonly<Record<string, number>>
}

/** A change with its progress. Throws Refusal: forbidden, schedule_change_not_found. */
export async function getChange(
  ctx: OperatorContext,
  id: string,
): Promise<ChangeView & { readonly progress: ChangeProgress }> {
  requirePermission(ctx, 'console:read')
  const row = await ctx.db.selectFrom('schedule_change').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('schedule_change_not_found', 'No such change.', { id })
  return { ...toView(row), progress: await readProgress(ctx, id) }
}

async function readProgress({ db }: OperatorContext, id: string): Promise<ChangeProgress> {
  const counts = await db
    .selectFrom('schedule_change_listing')
    .select([
      'result',
      'skipped_for',
      'undo_result',
      'undo_skipped_for',
      sql<number>`count(*)::integer`.as('count'),
    ])
    .where('change_id', '=', id)
    .groupBy(['result', 'skipped_for', 'undo_result', 'undo_skipped_for'])
    .execute()
  type Row = (typeof counts)[number]
  const sum = (isCounted: (row: Row) => boolean) =>
    counts.filter(isCounted).reduce((total, { count }) => total + count, 0)
  const byCause = (causeOf: (row: Row) => string | null) => {
    const causes = new Set(counts.flatMap((row) => causeOf(row) ?? []))
    return Object.fromEntries([...causes].map((cause) => [cause, sum((row) => causeOf(row) === cause)]))
  }
  return {
    listings: sum(() => true),
    waiting: sum(({ result }) => result === null),
    applied: sum(({ result }) => result === 'applied'),
    unchanged: sum(({ result }) => result === 'unchanged'),
    skipped: sum(({ result }) => result === 'skipped'),
    skippedFor: byCause((row) => row.skipped_for),
    undone: sum(({ undo_result }) => undo_result === 'undone'),
    undoSkippedFor: byCause((row) => row.undo_skipped_for),
  }
}

/** A listing of a change. */
export type ChangedListing = {
  readonly listingId: string
  readonly name: string
  /** As the preview saw it. */
  readonly state: string
  readonly holder: 'none' | 'unpaid' | 'secured'
  readonly before: Schedule
  readonly effect: ChangeEffect
  readonly result: 'applied' | 'unchanged' | 'skipped' | null
  readonly skippedFor: string | null
  /** The fields that had changed since the preview. */
  readonly changed: readonly string[] | null
  readonly after: Schedule | null
  readonly undoResult: 'undone' | 'skipped' | null
  readonly undoSkippedFor: string | null
}

type ListChangedListings = Paging & {
  readonly changeId: string
  readonly result?: 'applied' | 'unchanged' | 'skipped' | 'waiting' | undefined
  readonly skippedFor?: string | undefined
  /** A part of the name; see `searchedAs`. */
  readonly q?: string | undefined
}

/** The listings of a change by id. Throws Refusal: forbidden, schedule_change_not_found. */
export async function listChangedListings(
  ctx: OperatorContext,
  query: ListChangedListings,
): Promise<Listed<ChangedListing>> {
  requirePermission(ctx, 'console:read')
  const { changeId, result, skippedFor } = query
  const change = await ctx.db
    .selectFrom('schedule_change')
    .select('id')
    .where('id', '=', changeId)
    .executeTakeFirst()
  if (change === undefined)
    throw new Refusal('schedule_change_not_found', 'No such change.', { id: changeId })
  let matching = ctx.db
    .selectFrom('schedule_change_listing as child')
    .innerJoin('listing', 'listing.id', 'child.listing_id')
    .selectAll('child')
    .select('listing.name')
    .where('child.change_id', '=', changeId)
  if (result === 'waiting') matching = matching.where('child.result', 'is', null)
  else if (result !== undefined) matching = matching.where('child.result', '=', result)
  if (skippedFor !== undefined) matching = matching.where('child.skipped_for', '=', skippedFor)
  if (query.q !== undefined)
    matching = matching.where('listing.name', 'like', `%${escapeLike(searchedAs(query.q))}%`)
  return readListed(ctx.db, matching.orderBy('child.listing_id'), query, (row) => ({
    listingId: row.listing_id,
    name: row.name,
    state: row.state,
    holder: row.holder,
    before: { cutoffAt: row.cutoff_at, dropFrom: row.drop_from, dropTo: row.drop_to },
    effect: row.effect,
    result: row.result,
    skippedFor: row.skipped_for,
    changed: row.changed,
    after: scheduleOrNull(row.cutoff_after, row.drop_from_after, row.drop_to_after),
    undoResult: row.undo_result,
    undoSkippedFor: row.undo_skipped_for,
  }))
}
