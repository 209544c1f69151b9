import { HOLD_MS } from './backorders.ts'
import { meaningOnOthers } from './drop/result-codes.ts'
import type { RenewalState } from './machines/renewal.ts'
import { tryAgainMs } from './payments.ts'
import type { Answer, DomainInfo } from './ports/registrar.ts'
import type { Renewed } from './ports/registry-objects.ts'
import { Refusal } from './refusals.ts'
import { type AutoRenewal, dayOf, findAutoRenewal } from './registrations/auto-renewal.ts'
import { judgeHeld, type RegistrationFacts } from './registrations/held.ts'
import { addYears } from './schedule/local-time.ts'

/** No registration reaches further into the future. RFC 5731 §2.10 leaves it to policy, and every registry says so. */
const YEARS_AHEAD_MAX = 10

/** What one order may add: with a year that has begun it stays within `YEARS_AHEAD_MAX`. */
export const RENEWAL_YEARS_MAX = 9

/**
 * How long before its expiry a name is due for renewal: enough time for a registry outage, a declined card or a bank holiday.
 */
export const RENEWAL_LEAD_DAYS = 30

/** The days before its expiry on which the holder of a name is notified that it is not being renewed; 0: that it has expired. */
export const EXPIRY_NOTICE_DAYS = [30, 7, 0] as const

/** When a new registration ends: as the registry reported, or else after one year (rule 8). */
export function expiryOf(crDate: Date, exDate: Date | undefined): Date {
  return exDate !== undefined && exDate > crDate ? exDate : addYears(crDate, 1)
}

/**
 * A paid renewal that its registry could not carry out for so long fails and is refunded: an empty deposit or an outage is not the
 * customer's fault. Long enough to refill a deposit after a weekend.
 */
export const UNAVAILABLE_MS_MAX = 3 * 24 * 3_600_000

/**
 * A command without an answer may still be carried out. After this time a registry has finished it, and `info` shows the result.
 * Milliseconds.
 */
export const AMBIGUOUS_MS = 60_000

/** When the next attempt follows the `attempts`-th failed one: after seconds at first, hourly in the end. */
export function requestAgainAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + tryAgainMs(attempts))
}

export type RenewalFacts = {
  /** Until when the registration is paid for. */
  readonly expiresAt: Date
  /** Until when it can be renewed, some time after its expiry; then it is deleted. */
  readonly renewableUntil: Date
  readonly years: number
  /** A year's price in the customer's currency, minor units; absent where the zone has none. */
  readonly perYearMinor: bigint | undefined
  /** Another renewal of it is not decided yet. */
  readonly hasLiveRenewal: boolean
}

/** Price and result of a renewal, valid until `validUntil` unless price or expiry change before. */
export type RenewalTerms = {
  readonly priceMinor: bigint
  readonly expiresAt: Date
  readonly newExpiresAt: Date
  readonly validUntil: Date
}

/**
 * The terms of a renewal at `now`. Throws Refusal: registration_expired, renewal_too_long, price_unavailable, renewal_pending. Rule 8.
 */
export function decideRenewal(facts: RenewalFacts, now: Date): RenewalTerms {
  const { expiresAt, renewableUntil, years, perYearMinor } = facts
  if (now >= renewableUntil)
    throw new Refusal('registration_expired', 'The registration has expired and can no longer be renewed.')
  const newExpiresAt = newExpiryOf(expiresAt, years, now)
  if (perYearMinor === undefined) {
    throw new Refusal('price_unavailable', 'A renewal has no price in your currency.')
  }
  if (facts.hasLiveRenewal) throw new Refusal('renewal_pending', 'A renewal of this name is not decided yet.')
  return {
    priceMinor: perYearMinor * BigInt(years),
    expiresAt,
    newExpiresAt,
    validUntil: now < expiresAt ? expiresAt : renewableUntil,
  }
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

/** The terms of the quote that is ordered. */
export type QuotedTerms = { readonly priceMinor: bigint; readonly currency: string; readonly expiresAt: Date }

/** Throws Refusal('renewal_quote_stale') where the terms have changed since the quote: nobody pays a price they have not seen. */
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

/** When a renewal by card has to be paid: as long as a hold waits, and before its terms end. */
export function renewalPayBy({ validUntil }: RenewalTerms, now: Date): Date {
  return new Date(Math.min(now.getTime() + HOLD_MS, validUntil.getTime()))
}

/** The facts when a card payment for a renewal was captured; the renewal is locked. Amounts in minor units. */
type RenewalReceiptFacts = {
  readonly capturedMinor: bigint
  /** The price that was agreed when the payment was opened. */
  readonly agreedMinor: bigint
  readonly state: RenewalState
  /** Another payment secured the same renewal, even if it failed later. */
  readonly securedByAnother: boolean
}

type RenewalReceiptDecision =
  | { readonly kind: 'secure' }
  | { readonly kind: 'refund'; readonly cause: 'late_payment' | 'duplicate_payment' }

/**
 * Decides what captured money does for a renewal: it pays an unpaid one in full, or is refunded. A renewal that lapsed stays expired; its
 * customer still has the name and may order again.
 */
export function decideRenewalReceipt(facts: RenewalReceiptFacts): RenewalReceiptDecision {
  if (facts.securedByAnother) return { kind: 'refund', cause: 'duplicate_payment' }
  const pays = facts.state === 'pending_payment' && facts.capturedMinor === facts.agreedMinor
  return pays ? { kind: 'secure' } : { kind: 'refund', cause: 'late_payment' }
}

/** What the answer to a renew means. Only `renewed` decides the renewal by itself. */
type RenewVerdict =
  | { readonly kind: 'renewed'; readonly expiresAt: Date }
  /**
   * The registry refused. `info` confirms it before a refund: a wrong current expiry is refused too, and it is wrong where an earlier renew
   * was carried out late.
   */
  | { readonly kind: 'refused'; readonly code: number }
  /** A problem of our account: it raises an alarm and is tried again. */
  | { readonly kind: 'alarm'; readonly alarm: 'deposit_empty' | 'our_fault'; readonly code: number }
  /** Nothing happened at the registry: try again later. */
  | { readonly kind: 'retry'; readonly reason: string }
  /** It may have been carried out, or still be: `info` decides. */
  | { readonly kind: 'ambiguous'; readonly reason: string }

/** What the answer to a renew of `name` means. RFC 5730 §3, RFC 5731 §3.2.3. */
export function interpretRenew(answer: Answer<Renewed>, name: string): RenewVerdict {
  if (answer.kind === 'not_sent') return { kind: 'retry', reason: answer.reason }
  if (answer.kind === 'unknown') return { kind: 'ambiguous', reason: answer.reason }
  const { code, data } = answer
  switch (meaningOnOthers(code)) {
    case 'done':
      if (data?.exDate === undefined || data.name.toLowerCase() !== name)
        return { kind: 'ambiguous', reason: `code ${code} without an expiry of the name` }
      return { kind: 'renewed', expiresAt: data.exDate }
    case 'blocked':
    case 'refused':
    case 'not_ours':
    case 'absent':
      return { kind: 'refused', code }
    case 'deposit_empty':
      return { kind: 'alarm', alarm: 'deposit_empty', code }
    case 'our_fault':
      return { kind: 'alarm', alarm: 'our_fault', code }
    // Some servers answer so and carry the command out all the same.
    case 'retry':
    case 'pending':
    case 'session_ended':
    case 'exists':
    case 'unknown':
      return { kind: 'ambiguous', reason: `code ${code}` }
  }
}

export type HeldFacts = RegistrationFacts & {
  /** The expiry in the quote that was ordered. */
  readonly quotedExpiresAt: Date
  readonly years: number
  /** The expiry at the registry after it renewed the name by itself, as far as we know; null: it has not. */
  readonly autoRenewedUntil: Date | null
  /** A renew may have reached the registry: then an expiry that moved by exactly its years was moved by it. */
  readonly wasSent: boolean
  /** The time before the registry was asked. */
  readonly asOf: Date
}

export type HeldVerdict =
  /** Ours, with the expiry that we know: a renew with that current expiry is carried out once. */
  | { readonly kind: 'as_known'; readonly exDate: Date }
  | { readonly kind: 'renewed'; readonly expiresAt: Date }
  /** The registry renewed it by itself: the first year of the order is there. */
  | { readonly kind: 'auto_renewed'; readonly autoRenewal: AutoRenewal }
  /** The expiry was moved by something else. */
  | { readonly kind: 'expiry_moved'; readonly expiresAt: Date }
  | { readonly kind: 'not_held' }
  /** Not enough to decide. */
  | { readonly kind: 'undecided'; readonly reason: string }

/**
 * Decides a renewal by the registry's `info` of the name. A renew moves the expiry by exactly its years, and a registry that renews by
 * itself by a year at the expiry, so any other change came from something else. Where both would explain it, the RGP status decides
 * (RFC 3915 §3.1), and without one it was ours.
 */
export function judgeRenewalInfo(answer: Answer<DomainInfo>, facts: HeldFacts): HeldVerdict {
  const held = judgeHeld(answer, facts)
  if (held.kind !== 'held') return held
  const { info: data } = held
  if (data.statuses.includes('pendingRenew')) return undecided('a renewal is pending')
  const { exDate } = data
  if (exDate === undefined) return undecided('the answer has no expiry')
  const { quotedExpiresAt: expiresAt, autoRenewedUntil, wasSent } = facts
  if (dayOf(exDate) === dayOf(autoRenewedUntil ?? expiresAt)) return { kind: 'as_known', exDate }
  const isByOurRenew = wasSent && dayOf(exDate) === dayOf(addYears(expiresAt, facts.years))
  const autoRenewal = findAutoRenewal({ expiresAt, autoRenewedUntil }, exDate, facts.asOf)
  if (autoRenewal !== undefined && (!isByOurRenew || data.rgpStatuses.includes('autoRenewPeriod')))
    return { kind: 'auto_renewed', autoRenewal }
  return { kind: isByOurRenew ? 'renewed' : 'expiry_moved', expiresAt: exDate }
}

/** The years of an order that a renew has to add: the registry's own renewals count (rule 8). */
export function yearsToRenew(years: number, expiresAt: Date, autoRenewedUntil: Date | null): number {
  if (autoRenewedUntil === null) return years
  return Math.max(0, years - (autoRenewedUntil.getUTCFullYear() - expiresAt.getUTCFullYear()))
}

function undecided(reason: string): HeldVerdict {
  return { kind: 'undecided', reason }
}
