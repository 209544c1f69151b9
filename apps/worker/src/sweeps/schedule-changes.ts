import type { Context } from '@droplock/core/context'
import { advanceScheduleChange } from '@droplock/core/schedule-changes/advance'
import { BATCH_SIZE_MIN, nextBatchSize } from '@droplock/rules/batch-size'
import type { Job } from '../jobs/jobs.ts'

/**
 * Applies and undoes the changes of schedules that operators began, batch by batch, each small enough that orders wait for its locks
 * only shortly. Of several workers each takes another change.
 */
export function scheduleChangeJob(ctx: Context, everyMs: number): Job {
  return { name: 'schedule.change', everyMs, run: (signal) => advanceAll(ctx, signal) }
}

async function advanceAll(ctx: Context, signal: AbortSignal) {
  const changes = new Set<string>()
  const sum = { batches: 0, listings: 0, longestBatchMs: 0 }
  let size = BATCH_SIZE_MIN
  while (!signal.aborted) {
    const startedMs = performance.now()
    const done = await advanceScheduleChange(ctx, size)
    if (done === undefined) break
    const tookMs = performance.now() - startedMs
    changes.add(done.changeId)
    sum.batches += 1
    sum.listings += done.listings
    sum.longestBatchMs = Math.max(sum.longestBatchMs, Math.round(tookMs))
    if (done.listings === size) size = nextBatchSize(size, tookMs)
  }
  return changes.size === 0 ? undefined : { changes: [...changes], ...sum }
}
