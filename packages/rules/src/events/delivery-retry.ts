/** The first pause after an attempt that failed; each further one is three times as long. */
const FIRST_PAUSE_MS = 5_000
const FACTOR = 3
const PAUSE_MS_MAX = 6 * 3_600_000

/** Part of a pause that chance adds, so that what failed together does not come back together. */
const JITTER = 0.2

/** With these pauses about a day: a receiver that was down overnight still gets everything. */
export const DELIVERY_ATTEMPTS_MAX = 12

/**
 * What is due and is taken by nobody for so long, as mails are where no mail server is set, is given up: longer than all attempts last,
 * and shorter than an event is usually kept.
 */
export const DELIVERY_WAIT_DAYS_MAX = 7

/** How long after the `attempts`-th attempt (from 1) the next may begin. `chance`: from 0 to below 1. Milliseconds. */
export function deliveryPauseMs(attempts: number, chance: number): number {
  const pause = Math.min(FIRST_PAUSE_MS * FACTOR ** (attempts - 1), PAUSE_MS_MAX)
  return Math.round(pause * (1 + JITTER * chance))
}

/** Whether an attempt that failed was the last. */
export function isLastAttempt(attempts: number): boolean {
  return attempts >= DELIVERY_ATTEMPTS_MAX
}
