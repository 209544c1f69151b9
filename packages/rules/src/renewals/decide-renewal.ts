import { HOLD_MS } from '../backorders/decide-hold.ts'
import { Refusal } from '../refusals.ts'
import { addYears } from '../schedule/add-years.ts'
import { RENEWAL_YEARS_MAX, YEARS_AHEAD_MAX } from './years.ts'

export type RenewalFacts = {
  /** The end of the registration as the registry told it last. */
  readonly expiresAt: Date
  readonly years: number
  /** A year's price in the customer's currency, minor units; absent where the zone has none. */
  readonly perYearMinor: bigint | undefined
  /** An order to renew it is not decided yet. */
  readonly hasLiveRenewal: boolean
}

/** What a renewal would cost and bring. It stands until `validUntil`, or until price or expiry change before that. */
export type RenewalTerms = {
  readonly priceMinor: bigint
  readonly expiresAt: Date
  readonly newExpiresAt: Date
  readonly validUntil: Date
}

/**
 * The terms of a renewal at `now`. Throws Refusal: registration_expired (what becomes of it is the registry's to say now),
 * renewal_too_long, price_unavailable, renewal_pending. Rule 8.
 */
export function decideRenewal(facts: RenewalFacts, now: Date): RenewalTerms {
  const { expiresAt, years, perYearMinor } = facts
  if (now >= expiresAt) throw new Refusal('registration_expired', 'The registration has ended.')
  const newExpiresAt = newExpiryOf(expiresAt, years, now)
  if (perYearMinor === undefined) {
    throw new Refusal('price_unavailable', 'A renewal has no price in your currency.')
  }
  if (facts.hasLiveRenewal) throw new Refusal('renewal_pending', 'A renewal of this name is not decided yet.')
  return { priceMinor: perYearMinor * BigInt(years), expiresAt, newExpiresAt, validUntil: expiresAt }
}

function newExpiryOf(expiresAt: Date, years: number, now: Date): Date {
  if (Number.isInteger(years) && years >= 1 && years <= RENEWAL_YEARS_MAX) {
    const newExpiresAt = addYears(expiresAt, years)
    if (newExpiresAt <= addYears(now, YEARS_AHEAD_MAX)) return newExpiresAt
  }
  throw new Refusal('renewal_too_long', `A name is renewed to at most ${YEARS_AHEAD_MAX} years ahead.`, {
    expires_at: expiresAt.toISOString(),
  })
}

/** What the customer was quoted and orders on. */
export type QuotedTerms = { readonly priceMinor: bigint; readonly currency: string; readonly expiresAt: Date }

/** Throws Refusal('renewal_quote_stale') where what was quoted is not what it is now: nobody pays another price unseen. */
export function requireFreshQuote(terms: QuotedTerms, quoted: QuotedTerms): void {
  const isFresh =
    quoted.priceMinor === terms.priceMinor &&
    quoted.currency === terms.currency &&
    quoted.expiresAt.getTime() === terms.expiresAt.getTime()
  if (isFresh) return
  throw new Refusal('renewal_quote_stale', 'Price or expiry have changed since the quote.', {
    price_minor: Number(terms.priceMinor),
    currency: terms.currency,
    expires_at: terms.expiresAt.toISOString(),
  })
}

/** When a renewal by card has to be paid: as long as a hold waits, and before the registration ends. */
export function renewalPayBy({ expiresAt }: RenewalTerms, now: Date): Date {
  return new Date(Math.min(now.getTime() + HOLD_MS, expiresAt.getTime()))
}
