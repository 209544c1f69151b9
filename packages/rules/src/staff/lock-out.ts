/** What sign-ins are counted by: where they come from, and the e-mail address they name, whether somebody has it or not. */
export type SignInScope = 'source' | 'address'

/**
 * Failures in a row that cost nothing: typing errors. A source may be an office of many people.
 */
export const freeFailures = { address: 5, source: 20 } as const satisfies Record<SignInScope, number>

/** The first pause; each further failure doubles it. */
const FIRST_PAUSE_MS = 30_000

/** No pause is longer: it also holds for a person who signs in on a device for the first time. */
export const PAUSE_MS_MAX = 15 * 60_000

/** Failures are forgotten so long after the last of them. Longer than any pause. */
export const FORGOTTEN_MS = 60 * 60_000

/** Wrong passwords in a row on a known device, after which it is a stranger's. */
export const DEVICE_FAILURES_MAX = 10

/** A device that was not used to sign in for so long is a stranger's. Seconds: 90 days. */
export const DEVICE_SECONDS_MAX = 90 * 24 * 60 * 60

/** Known devices of one person; a further one replaces the one that was not used for longest. */
export const DEVICES_MAX = 10

export type SignInCount = {
  readonly failures: number
  readonly pausedUntil: Date | null
  /** When the last failure was counted. */
  readonly countedAt: Date
}

/** The count with one failure more; undefined while it is paused, when nothing is tried and nothing is counted. */
export function countFailure(count: SignInCount, scope: SignInScope, now: Date): SignInCount | undefined {
  if (count.pausedUntil !== null && count.pausedUntil > now) return undefined
  const isForgotten = now.getTime() - count.countedAt.getTime() > FORGOTTEN_MS
  const failures = (isForgotten ? 0 : count.failures) + 1
  const pauseMs = pauseAfterMs(failures, freeFailures[scope])
  return {
    failures,
    pausedUntil: pauseMs === 0 ? null : new Date(now.getTime() + pauseMs),
    countedAt: now,
  }
}

/** How long nothing is tried after `failures` in a row. Milliseconds; 0 = at once. */
export function pauseAfterMs(failures: number, freeMax: number): number {
  if (failures < freeMax) return 0
  // Bounded before the power, so that no count of failures overflows.
  const doublings = Math.min(failures - freeMax, 10)
  return Math.min(FIRST_PAUSE_MS * 2 ** doublings, PAUSE_MS_MAX)
}
