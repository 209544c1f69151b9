import { setTimeout as sleep } from 'node:timers/promises'
import type { WakeUp } from '@droplock/core/events/feed'
import type { Logger } from '@droplock/observability/logger'
import { type Fields, wideEvent } from '@droplock/observability/wide-event'

/** A piece of work that is done again and again. */
export type Beat = {
  /** The name of its log events. */
  readonly name: string
  /** From the end of one run to the start of the next. Milliseconds. */
  readonly everyMs: number
  /** Given, the next run does not wait that long when somebody wakes it. */
  readonly wakeUp?: WakeUp
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
  let failures = 0
  while (!signal.aborted) {
    failures = (await runOnce(beat, logger, signal)) ? 0 : failures + 1
    const ms = pauseMs(beat.everyMs, failures)
    // After a failure nobody shortens the pause.
    await (beat.wakeUp === undefined || failures > 0 ? pause(ms, signal) : beat.wakeUp.wait(ms, signal))
  }
}

/** The pause after `failures` failed runs in a row. */
export function pauseMs(everyMs: number, failures: number): number {
  return Math.min(everyMs * 2 ** failures, Math.max(everyMs, pauseMsMax))
}

async function runOnce(beat: Beat, logger: Logger, signal: AbortSignal): Promise<boolean> {
  const event = wideEvent(logger, beat.name)
  try {
    const fields = await beat.run(signal)
    if (fields === undefined) return true
    event.add(fields)
    event.end()
    return true
  } catch (error) {
    if (signal.aborted && isAbort(error)) return true
    event.fail(error)
    event.end()
    return false
  }
}

/** Work that was told to stop has not failed. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
