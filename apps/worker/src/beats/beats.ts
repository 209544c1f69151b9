import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import type { WakeUp } from '@droplock/core/events/feed'
import { type Queue, readQueues } from '@droplock/core/queues'
import type { Logger } from '@droplock/observability/logger'
import type { Metrics } from '@droplock/observability/metrics'
import { type Fields, wideEvent } from '@droplock/observability/wide-event'

/** Rounds of one run; what is left waits for the next, so that a beat tells of its work now and then. */
const ROUNDS_PER_RUN_MAX = 1_000

/** Does it again until nothing is left, the signal aborts or a run's bound is reached. How much was done. */
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

/** A piece of work that is done again and again. */
export type Beat = {
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
  /** Answers what is worth a log line, or undefined when nothing was to do. */
  readonly run: (signal: AbortSignal) => Promise<Fields | undefined>
}

/** Trouble is met with patience, but what is due waits no longer than this once it has passed. Milliseconds. */
const pauseMsMax = 30_000

/**
 * Runs a beat until `signal` aborts; the run under way then ends first. A run that throws is logged once and delays the
 * next, twice as long each time, up to `pauseMsMax` or its own interval. Never rejects, so no beat stops another.
 */
export async function keepBeat(beat: Beat, logger: Logger, signal: AbortSignal): Promise<void> {
  const { everyMs, wakeUp, idleMs } = beat
  let failures = 0
  while (!signal.aborted) {
    const outcome = await runOnce(beat, logger, signal)
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
  return Math.min(everyMs * 2 ** failures, Math.max(everyMs, pauseMsMax))
}

type Outcome = 'done' | 'nothing' | 'failed'

async function runOnce(beat: Beat, logger: Logger, signal: AbortSignal): Promise<Outcome> {
  const event = wideEvent(logger, beat.name)
  try {
    const fields = await beat.run(signal)
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

/** Work that was told to stop has not failed. */
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

type BeatsView = {
  readonly ready: boolean
  /** The sweeps that did not succeed lately. */
  readonly late: readonly { readonly sweep: string; readonly lastMsAgo: number | null }[]
}

export type BeatWatch = {
  /** The same beat, whose successes are noted. */
  readonly watched: (beat: Beat) => Beat
  readonly view: () => BeatsView
}

/** `lateMs`: of one that runs, or whose last run failed, less than of one that waits for something to do. */
type WatchedSweep = { lateMs: number; lastMs?: number }

/** Notes when each sweep last succeeded. Other beats wait for people outside, whose troubles are not this process's. */
export function watchBeats(monotonicMs: () => number): BeatWatch {
  const sweeps = new Map<string, WatchedSweep>()
  return {
    watched: (beat) => {
      if (!beat.name.startsWith('sweep.')) return beat
      const failingMs = Math.max(LATE_MS_MIN, INTERVALS_MAX * beat.everyMs)
      const silentMs = Math.max(failingMs, IDLES_MAX * (beat.idleMs ?? 0))
      const sweep: WatchedSweep = { lateMs: silentMs }
      sweeps.set(beat.name, sweep)
      const run: Beat['run'] = async (signal) => {
        sweep.lateMs = failingMs
        const fields = await beat.run(signal)
        sweep.lateMs = silentMs
        sweep.lastMs = monotonicMs()
        return fields
      }
      return { ...beat, run }
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

/** Returns the same beat, whose runs are timed, those that fail apart. */
export function measureBeats(metrics: Metrics): (beat: Beat) => Beat {
  const note = metrics.durations({
    name: 'worker_run_duration_seconds',
    help: 'Runs of the background work, by its name and how they ended.',
    labels: ['beat', 'result'],
  })
  return (beat) => ({
    ...beat,
    run: async (signal) => {
      const startedMs = performance.now()
      let result = 'failed'
      try {
        const fields = await beat.run(signal)
        result = 'done'
        return fields
      } finally {
        note({ beat: beat.name, result }, (performance.now() - startedMs) / 1_000)
      }
    },
  })
}

/** Measures how much waits to be done, and since when. The database is asked whenever the figures are. */
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
