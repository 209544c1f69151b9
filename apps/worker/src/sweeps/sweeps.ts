import { noteChange } from '@droplock/core/changes/note'
import { pruneNotices } from '@droplock/core/changes/prune'
import type { Context } from '@droplock/core/context'
import { writeDropList } from '@droplock/core/drop-lists/write'
import { failSilentRuns } from '@droplock/core/lists/fail'
import { resumePublication } from '@droplock/core/lists/resume'
import { notifyNearCutoffs } from '@droplock/core/notices'
import { closeDue, endUnsold, openDue } from '@droplock/core/schedule/steps'
import { drain, drainBatches, type Job } from '../jobs/jobs.ts'

/** Notices of changes are kept for minutes. */
const PRUNE_NOTICES_MS = 60_000

/** The shortest time between two runs of each sweep. Milliseconds. */
export type SweepIntervals = {
  readonly openMs: number
  readonly closeMs: number
  readonly unsoldMs: number
  readonly runsMs: number
  /** Between two looks for changes of schedules to apply. */
  readonly changesMs: number
  /** How often a batch that is under way is measured. Left out: this worker measures none. */
  readonly driftMs?: number
  /** Left out: contacts of orders are not requested. */
  readonly contactsMs?: number
  /** Left out: no notices of expiry. */
  readonly expiryMs?: number
  /** How often it is looked for watched names that close soon. Left out: this worker notifies nobody of them. */
  readonly watchesMs?: number
  /** Left out: this worker writes no drop lists for download. */
  readonly dropListsMs?: number
}

/**
 * Moves that only depend on time: listings open, close at cut-off and arm their targets, end unsold; a sync run whose process is
 * silent fails. Every worker sweeps: rows that another worker has locked are skipped.
 */
export function sweeps(ctx: Context, every: SweepIntervals): readonly Job[] {
  return [
    { name: 'sweep.open', everyMs: every.openMs, run: (signal) => openListings(ctx, signal) },
    { name: 'sweep.close', everyMs: every.closeMs, run: (signal) => closeListings(ctx, signal) },
    { name: 'sweep.unsold', everyMs: every.unsoldMs, run: (signal) => endListings(ctx, signal) },
    { name: 'list.publish', everyMs: every.runsMs, run: (signal) => publishLeft(ctx, signal) },
    { name: 'sweep.runs', everyMs: every.runsMs, run: () => failRuns(ctx) },
    { name: 'change_notice.prune', everyMs: PRUNE_NOTICES_MS, run: () => pruneChanges(ctx) },
    ...(every.dropListsMs === undefined
      ? []
      : [{ name: 'drop_list.write', everyMs: every.dropListsMs, run: () => writeList(ctx) }]),
    ...(every.watchesMs === undefined
      ? []
      : [
          {
            name: 'watch.cutoff_near',
            everyMs: every.watchesMs,
            run: (signal: AbortSignal) => notifyWatchers(ctx, signal),
          },
        ]),
  ]
}

async function pruneChanges(ctx: Context) {
  const removed = await pruneNotices(ctx)
  return removed === 0 ? undefined : { removed }
}

async function openListings(ctx: Context, signal: AbortSignal) {
  const { listings: opened } = await drainBatches(
    async (size) => (await openDue(ctx.db, size)) || undefined,
    signal,
  )
  if (opened === 0) return undefined
  await noteChange(ctx, 'listings')
  return { opened }
}

/** Publications that another process has left, or whose process is gone. No sweep: a large list takes a minute. */
async function publishLeft(ctx: Context, signal: AbortSignal) {
  const { runId, kind } = (await resumePublication(ctx, signal)) ?? {}
  return runId === undefined ? undefined : { run_id: runId, result: kind }
}

/** Sync runs whose process, a worker or the console's, is gone. */
async function failRuns(ctx: Context) {
  const failed = await failSilentRuns(ctx.db)
  return failed === 0 ? undefined : { failed }
}

/** Accounts whose watched names close soon. */
async function notifyWatchers(ctx: Context, signal: AbortSignal) {
  const notified = await drain(() => notifyNearCutoffs(ctx), signal)
  return notified === 0 ? undefined : { notified }
}

/** The drop list for download, after a publication. */
async function writeList(ctx: Context) {
  const names = await writeDropList(ctx)
  return names === undefined ? undefined : { names }
}

async function closeListings(ctx: Context, signal: AbortSignal) {
  let armed = 0
  const closeBatch = async (size: number) => {
    const batch = await closeDue(ctx, size)
    armed += batch.armed
    return batch.closed || undefined
  }
  const { listings: closed } = await drainBatches(closeBatch, signal)
  if (closed === 0) return undefined
  await noteChange(ctx, 'listings')
  return { closed, armed }
}

async function endListings(ctx: Context, signal: AbortSignal) {
  const { listings: moved } = await drainBatches(
    async (size) => (await endUnsold(ctx, size)) || undefined,
    signal,
  )
  if (moved === 0) return undefined
  await noteChange(ctx, 'listings')
  return { moved }
}
