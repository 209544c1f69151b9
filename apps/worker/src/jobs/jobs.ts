import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import type { WakeUp } from '@droplock/core/events/feed'
import { type Queue, readQueues } from '@droplock/core/queues'
import type { Logger } from '@droplock/observability/logger'
import type { Metrics } from '@droplock/observability/metrics'
import { inRootSpan } from '@droplock/observability/spans'
import { type Fields, wideEvent } from '@droplock/observability/wide-event'
import { BATCH_SIZE_MIN, nextBatchSize } from '@droplock/rules/batch-size'

/** Rounds of one run; what is left waits for the next, so that a busy job still logs at intervals. */
const ROUNDS_PER_RUN_MAX = 1_000

/** Repeats `doOne` until nothing is left, the signal aborts or the bound is reached. Returns how much was done. */
export async function drain(
  doOne: () => Promise<boolean | number>,
  signal: AbortSignal,
  roundsMax: number = ROUNDS_PER_RUN_MAX,
): Promise<number> {
  let done = 0
  for (let round = 0; round < roundsMax && !signal.aborted; round += 1) {
    const count = Number(await doOne())
    if (count === 0) break
    done += count
  }
  return done
}

export type Drained = { readonly batches: number; readonly listings: number; readonly longestBatchMs: number }

/**
 * Calls `doBatch` with how many listings it may lock until nothing is left, which it says by `undefined`; otherwise it says how many it
 * handled. How many it may lock follows from how long the last full batch took, as orders wait for it.
 */
export async function drainBatches(
  doBatch: (size: number) => Promise<number | undefined>,
  signal: AbortSignal,
): Promise<Drained> {
  const done = { batches: 0, listings: 0, longestBatchMs: 0 }
  let size = BATCH_SIZE_MIN
  while (!signal.aborted) {
    const startedMs = performance.now()
    const listings = await doBatch(size)
    if (listings === undefined) break
    const tookMs = performance.now() - startedMs
    done.batches += 1
    done.listings += listings
    done.longestBatchMs = Math.max(done.longestBatchMs, Math.round(tookMs))
    if (listings === size) size = nextBatchSize(size, tookMs)
  }
  return done
}

/** Work that is repeated for as long as the worker runs. */
export type Job = {
  /** The name of its log events. */
  readonly name: string
  /** From the end of one run to the start of the next. Milliseconds. */
  readonly everyMs: number
  /** Given, the next run does not wait that long when it is woken. */
  readonly wakeUp?: WakeUp
  /**
   * Given with `wakeUp`, a run that found nothing is followed by the next when it is woken, `everyMs` later at the earliest, or after
   * this. Milliseconds.
   */
  readonly idleMs?: number
  /** Returns the fields of a log event, or undefined when there was nothing to do. */
  readonly run: (signal: AbortSignal) => Promise<Fields | undefined>
}

/** The longest pause after failures: due work waits no longer than this once the failures are over. Milliseconds. */
const PAUSE_MS_MAX = 30_000

/**
 * Runs a job until `signal` aborts; the run under way then ends first. A run that throws is logged once and delays the
 * next, twice as long each time, up to `PAUSE_MS_MAX` or its own interval. Never rejects, so no job stops another.
 */
export async function runJob(job: Job, logger: Logger, signal: AbortSignal): Promise<void> {
  const { everyMs, wakeUp, idleMs } = job
  let failures = 0
  while (!signal.aborted) {
    const outcome = await runOnce(job, logger, signal)
    failures = outcome === 'failed' ? failures + 1 : 0
    const ms = pauseMs(everyMs, failures)
    // After a failure nothing shortens the pause.
    if (wakeUp === undefined || failures > 0) await pause(ms, signal)
    else if (idleMs === undefined) await wakeUp.wait(ms, signal)
    else {
      await pause(ms, signal)
      if (outcome === 'nothing') await wakeUp.wait(idleMs - ms, signal)
    }
  }
}

/** The pause after `failures` failed runs in a row. */
export function pauseMs(everyMs: number, failures: number): number {
  return Math.min(everyMs * 2 ** failures, Math.max(everyMs, PAUSE_MS_MAX))
}

type Outcome = 'done' | 'nothing' | 'failed'

async function runOnce(job: Job, logger: Logger, signal: AbortSignal): Promise<Outcome> {
  const event = wideEvent(logger, job.name)
  try {
    const fields = await job.run(signal)
    if (fields === undefined) return 'nothing'
    event.add(fields)
    event.end()
    return 'done'
  } catch (error) {
    if (signal.aborted && isAbort(error)) return 'nothing'
    event.fail(error)
    event.end()
    return 'failed'
  }
}

/** Work that was aborted has not failed. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}

/** A sweep is late when it has not succeeded within this, or within so many of its intervals. */
const LATE_MS_MIN = 15_000
const INTERVALS_MAX = 10
/** Or, where it is woken, within so many of the times that it waits for that. */
const IDLES_MAX = 2

type JobsView = {
  readonly ready: boolean
  /** The sweeps that did not succeed lately. */
  readonly late: readonly { readonly sweep: string; readonly lastMsAgo: number | null }[]
}

export type JobWatch = {
  /** The same job, with its successes recorded. */
  readonly watched: (job: Job) => Job
  readonly view: () => JobsView
}

/** `lateMs` is shorter while a sweep runs, and after a run that failed, than while it waits for something to do. */
type WatchedSweep = { lateMs: number; lastMs?: number }

/** Records when each sweep last succeeded. Other jobs depend on services outside, whose failures do not make this process unready. */
export function watchJobs(monotonicMs: () => number): JobWatch {
  const sweeps = new Map<string, WatchedSweep>()
  return {
    watched: (job) => {
      if (!job.name.startsWith('sweep.')) return job
      const failingMs = Math.max(LATE_MS_MIN, INTERVALS_MAX * job.everyMs)
      const silentMs = Math.max(failingMs, IDLES_MAX * (job.idleMs ?? 0))
      const sweep: WatchedSweep = { lateMs: silentMs }
      sweeps.set(job.name, sweep)
      const run: Job['run'] = async (signal) => {
        sweep.lateMs = failingMs
        const fields = await job.run(signal)
        sweep.lateMs = silentMs
        sweep.lastMs = monotonicMs()
        return fields
      }
      return { ...job, run }
    },
    view: () => {
      const late = [...sweeps].flatMap(([sweep, { lateMs, lastMs }]) => {
        const lastMsAgo = lastMs === undefined ? null : Math.round(monotonicMs() - lastMs)
        return lastMsAgo === null || lastMsAgo > lateMs ? [{ sweep, lastMsAgo }] : []
      })
      return { ready: sweeps.size > 0 && late.length === 0, late }
    },
  }
}

/** Returns the same job with its runs timed, failed runs under a label of their own; each run begins a trace. */
export function measureJobs(metrics: Metrics): (job: Job) => Job {
  const note = metrics.durations({
    name: 'worker_run_duration_seconds',
    help: 'Runs of the background work, by its name and how they ended.',
    labels: ['job', 'result'],
  })
  return (job) => ({
    ...job,
    run: async (signal) => {
      const startedMs = performance.now()
      let result = 'failed'
      try {
        const fields = await inRootSpan(job.name, {}, async () => job.run(signal))
        result = 'done'
        return fields
      } finally {
        note({ job: job.name, result }, (performance.now() - startedMs) / 1_000)
      }
    },
  })
}

/** Measures how much work waits, and since when. The database is queried whenever the metrics are read. */
export function measureQueues(metrics: Metrics, ctx: Context): void {
  let reading: Promise<readonly Queue[]> | undefined
  /** Once for both gauges, which are read at the same time. */
  const read = () => {
    reading ??= readQueues(ctx).finally(() => {
      reading = undefined
    })
    return reading
  }
  const gauge = (name: string, help: string, valueOf: (queue: Queue) => number) =>
    metrics.gauge({ name, help, labels: ['queue'] }, async () =>
      (await read()).map((queue) => ({ labels: { queue: queue.name }, value: valueOf(queue) })),
    )
  gauge('queue_waiting', 'What waits to be done.', ({ waiting }) => waiting)
  gauge('queue_oldest_seconds', 'How long the oldest of it has waited.', ({ oldestSeconds }) => oldestSeconds)
}
