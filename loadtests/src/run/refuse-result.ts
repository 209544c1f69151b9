import type { GeneratorFacts } from './watch-generator.ts'

/** The exit code of a run that is no result. k6 has none of this number. */
export const refusedCode = 98

/**
 * What a generator may do to its own figures: they are those of the server only while iterations start when they are due.
 * A hundredth may start later than this; the figures then say so by as much. Milliseconds.
 */
const START_LATE_MS_MAX = 50
const LOOP_DELAY_MS_MAX = 50
/** A thread that is busy in so many of the seconds has reached its limit. */
const BUSY_SHARE_MAX = 0.1

/**
 * Why the figures of a run cannot be taken for those of the server: the generator was at its limit, or did not send all
 * that was asked of it. Empty: they can.
 */
export function reasonsToRefuse(facts: GeneratorFacts): readonly string[] {
  const { startLateP99Ms, eventLoopDelayP99Ms, busyShare, droppedIterations } = facts
  const reasons: string[] = []
  if (droppedIterations > 0)
    reasons.push(`${droppedIterations} iterations found no free virtual user and were dropped`)
  if (startLateP99Ms > START_LATE_MS_MAX)
    reasons.push(`one iteration in a hundred started ${ms(startLateP99Ms)} late or later`)
  if (eventLoopDelayP99Ms > LOOP_DELAY_MS_MAX)
    reasons.push(`the generator's event loop was delayed by ${ms(eventLoopDelayP99Ms)} (99th percentile)`)
  if (busyShare > BUSY_SHARE_MAX)
    reasons.push(`the generator was at its limit for ${Math.round(100 * busyShare)} % of the time`)
  return reasons
}

const ms = (value: number) => `${Math.round(value)} ms`
