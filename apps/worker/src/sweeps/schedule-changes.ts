import type { Context } from '@droplock/core/context'
import { advanceScheduleChange } from '@droplock/core/schedule-changes/advance'
import { drainBatches, type Job } from '../jobs/jobs.ts'

/**
 * Applies and undoes the changes of schedules that operators began, batch by batch, each small enough that orders wait for its locks
 * only shortly. Of several workers each takes another change.
 */
export function scheduleChangeJob(ctx: Context, everyMs: number): Job {
  return { name: 'schedule.change', everyMs, run: (signal) => advanceAll(ctx, signal) }
}

async function advanceAll(ctx: Context, signal: AbortSignal) {
  const changes = new Set<string>()
  const advance = async (size: number) => {
    const done = await advanceScheduleChange(ctx, size)
    if (done !== undefined) changes.add(done.changeId)
    return done?.listings
  }
  const done = await drainBatches(advance, signal)
  return changes.size === 0 ? undefined : { changes: [...changes], ...done }
}
