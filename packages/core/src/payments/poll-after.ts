import { tryAgainMs } from '@droplock/rules/payments/try-again'

/** A webhook comes within seconds; the first look by ourselves is not much later. */
const POLLS_SKIPPED = 3

/** When a payment whose webhook does not come is looked at next, after so many looks. */
export function pollAfter(polls: number, now: Date): Date {
  return new Date(now.getTime() + tryAgainMs(polls + POLLS_SKIPPED))
}
