import type { Pace } from '../environment/simulator.ts'
import type { ZoneTiming } from '../seed/zones.ts'

// The compressed clock and everything that is set by it.

/** Names that the resellers race for. */
export const namesMax = 300
/** Outcomes that must come so often each, if all those names were there; fewer names make it fewer. */
export const perOutcomeMin = 5
/** Requests that each reseller has under way at once. */
export const requestsAtOnce = 8

/** All days of the lists together. */
export const daysSpanMs = 14_000
/** From the last drop to the result: grace, settlements, a look at everything, and what a busy machine adds. */
const afterwardsMs = 9_000
/** The whole demo. */
export const durationMsMax = 60_000

/** From the writing of the lists to the first drop: publication, race, cut-off. */
const firstDropMsMin = 12_000
/** A machine takes about as long for that as it took to start everything; more than as much again is reserve. */
const perStartMs = 2.5

/** How long after the start, which took `startMs`, the first name drops: a slow machine gets more time, up to all there is. */
export function firstDropMs(startMs: number): number {
  const left = durationMsMax - startMs - daysSpanMs - afterwardsMs
  return Math.max(firstDropMsMin, Math.min(perStartMs * startMs, left))
}

const cutoffLeadSeconds = 2
const graceSeconds = 1

/** Limits of our account at each simulated registry; the simulator enforces and counts them. */
export const limits = { sessionsMax: 4, commandsPerSecondMax: 60 }

/** A daily batch: so many milliseconds from name to name, and late by no more than a little. */
export const pace: Pace = { paceMs: 50, driftMsMax: 300, jitterMsMax: 10 }

export const exactTiming: ZoneTiming = {
  cutoffLeadSeconds,
  dropLastsSeconds: 1,
  earlySeconds: 0,
  lateSeconds: 1,
  graceSeconds,
}

/** The window of a batch of so many names. */
export function dailyTiming(namesPerDayMax: number): ZoneTiming {
  const lastsMs = pace.driftMsMax + namesPerDayMax * (pace.paceMs + pace.jitterMsMax)
  const lateSeconds = Math.ceil(lastsMs / 1_000)
  return { cutoffLeadSeconds, dropLastsSeconds: lateSeconds, earlySeconds: 0, lateSeconds, graceSeconds }
}
