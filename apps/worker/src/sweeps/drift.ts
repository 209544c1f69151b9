import type { Context } from '@droplock/core/context'
import { followNextBatch } from '@droplock/core/observed/follow'
import type { Job } from '../jobs/jobs.ts'

/** Batches measured in one run; the others are due in the next. */
const BATCHES_PER_RUN_MAX = 100

/** Measures the batches that are under way, and lets submission windows follow (rule 26). Of several workers each takes another batch. */
export function driftJob(ctx: Context, everyMs: number): Job {
  return { name: 'drift.follow', everyMs, run: (signal) => followAll(ctx, everyMs, signal) }
}

async function followAll(ctx: Context, everyMs: number, signal: AbortSignal) {
  const moved: string[] = []
  for (let count = 0; count < BATCHES_PER_RUN_MAX && !signal.aborted; count += 1) {
    const followed = await followNextBatch(ctx, { everyMs })
    if (followed === undefined) break
    const { zone, day, shift, moved: targets } = followed
    if (targets > 0)
      moved.push(`${zone} ${day}: ${targets} names, ${shift.fromSeconds} and ${shift.toSeconds} s`)
  }
  return moved.length === 0 ? undefined : { moved }
}
