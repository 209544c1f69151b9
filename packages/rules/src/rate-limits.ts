import { Refusal } from './refusals.ts'

/** Requests are counted in two buckets: what only reads, and everything else. */
export const requestBuckets = ['reads', 'claims'] as const

export type RequestBucket = (typeof requestBuckets)[number]

/** Quotas are for this time, by the database's clock. Seconds. */
export const RATE_WINDOW_SECONDS = 60

/** More than any account needs: a quota beyond it is a typing error. */
const PER_MINUTE_MAX = 10_000_000

export type RateLimits = { readonly readsPerMinute: number; readonly claimsPerMinute: number }

/** Throws Refusal('rate_limits_out_of_range'): each is a whole number from 1. */
export function decideRateLimits({ readsPerMinute, claimsPerMinute }: RateLimits): void {
  const areRight = [readsPerMinute, claimsPerMinute].every(
    (limit) => Number.isSafeInteger(limit) && limit >= 1 && limit <= PER_MINUTE_MAX,
  )
  if (areRight) return
  const facts = { min: 1, max: PER_MINUTE_MAX }
  throw new Refusal(
    'rate_limits_out_of_range',
    'Rate limits are whole numbers of requests per minute.',
    facts,
  )
}
