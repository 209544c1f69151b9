import { tryAgainMs } from '../payments/try-again.ts'

/**
 * A renewal that its registry could not carry out for so long after it was paid fails and is refunded: an empty deposit or a
 * registry that is away is not the customer's fault. Long enough to fill a deposit over a weekend.
 */
export const UNAVAILABLE_MS_MAX = 3 * 24 * 3_600_000

/**
 * A command whose answer did not come may still be carried out. So long after it was sent a registry has done with it, and what
 * `info` shows then is what came of it.
 */
export const DOUBT_MS = 60_000

/** When a request that came to nothing, the `attempts`-th time, is tried again: seconds at first, hourly at last. */
export function requestAgainAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + tryAgainMs(attempts))
}
