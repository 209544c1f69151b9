import { HOLD_MS } from './backorders.ts'
import { meaningOnOthers } from './drop/result-codes.ts'
import type { RenewalState } from './machines/renewal.ts'
import { tryAgainMs } from './payments.ts'
import type { Answer, DomainInfo } from './ports/registrar.ts'
import type { Renewed } from './ports/registry-objects.ts'
import { Refusal } from './refusals.ts'
import { addYears } from './schedule/local-time.ts'

/** No registration reaches further into the future. RFC 5731 §2.10 leaves it to policy, and every registry says so. */
const YEARS_AHEAD_MAX = 10

/** What one order may add: with a year that has begun it stays within `YEARS_AHEAD_MAX`. */
export const RENEWAL_YEARS_MAX = 9

/**
 * A renewal is due so long before its name expires: a registry that is away, a declined card and a bank holiday fit between, and
 * who renews later risks the name.
 */
export const RENEWAL_LEAD_DAYS = 30

/** When a new registration ends: what the registry told, or else after the one year that rule 8 registers for. */
export function expiryOf(crDate: Date, exDate: Date | undefined): Date {
  return exDate !== undefined && exDate > crDate ? exDate : addYears(crDate, 1)
}

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

/** What is known when a card's money for a renewal has arrived; the renewal's row is locked. Amounts in minor units. */
type RenewalReceiptFacts = {
  readonly capturedMinor: bigint
  /** The price that was agreed when the payment was opened. */
  readonly agreedMinor: bigint
  readonly state: RenewalState
  /** Another payment secured the same renewal, whatever became of it. */
  readonly securedByAnother: boolean
}

type RenewalReceiptDecision =
  | { readonly kind: 'secure' }
  | { readonly kind: 'refund'; readonly cause: 'late_payment' | 'duplicate_payment' }

/**
 * What captured money does for a renewal: it pays one that waits, in full, or goes back. One that lapsed stays so; the name is
 * still its holder's, who may order again.
 */
export function decideRenewalReceipt(facts: RenewalReceiptFacts): RenewalReceiptDecision {
  if (facts.securedByAnother) return { kind: 'refund', cause: 'duplicate_payment' }
  const pays = facts.state === 'pending_payment' && facts.capturedMinor === facts.agreedMinor
  return pays ? { kind: 'secure' } : { kind: 'refund', cause: 'late_payment' }
}

/** What a renew came to. Only `renewed` ends the renewal by itself. */
type RenewVerdict =
  | { readonly kind: 'renewed'; readonly expiresAt: Date }
  /**
   * The registry says no. `info` confirms it before anything is refunded: a guard that does not fit is refused too, and it does
   * not fit where an earlier renew got through late.
   */
  | { readonly kind: 'refused'; readonly code: number }
  /** Trouble of our account: an operator is told, and it is tried again. */
  | { readonly kind: 'alarm'; readonly alarm: 'deposit_empty' | 'our_fault'; readonly code: number }
  /** Nothing happened there: again later. */
  | { readonly kind: 'retry'; readonly reason: string }
  /** It may have happened, or will: `info` decides. */
  | { readonly kind: 'in_doubt'; readonly reason: string }

/** What the answer to a renew of `name` means. RFC 5730 §3, RFC 5731 §3.2.3. */
export function interpretRenew(answer: Answer<Renewed>, name: string): RenewVerdict {
  if (answer.kind === 'not_sent') return { kind: 'retry', reason: answer.reason }
  if (answer.kind === 'unknown') return { kind: 'in_doubt', reason: answer.reason }
  const { code, data } = answer
  switch (meaningOnOthers(code)) {
    case 'done':
      if (data?.exDate === undefined || data.name.toLowerCase() !== name)
        return { kind: 'in_doubt', reason: `code ${code} without an expiry of the name` }
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
    // Some servers say so of a command that they carry out all the same.
    case 'retry':
    case 'pending':
    case 'session_ended':
    case 'exists':
    case 'unknown':
      return { kind: 'in_doubt', reason: `code ${code}` }
  }
}

export type HeldFacts = {
  readonly name: string
  /** The client id of the account that holds it. */
  readonly clid: string
  readonly crDate: Date
  /** The expiry that the renewal was ordered on. */
  readonly quotedExpiresAt: Date
  readonly years: number
  /** A renew may have reached the registry: an expiry that moved by the years asked for is its work. */
  readonly wasSent: boolean
}

export type HeldVerdict =
  /** Ours, and its expiry is the one that was quoted: a renew with that guard does what was ordered, once. */
  | { readonly kind: 'as_quoted' }
  | { readonly kind: 'renewed'; readonly expiresAt: Date }
  /** Renewed otherwise, by nobody's order of ours. */
  | { readonly kind: 'expiry_moved'; readonly expiresAt: Date }
  | { readonly kind: 'not_held' }
  /** Says neither; nothing may be settled by it. */
  | { readonly kind: 'undecided'; readonly reason: string }

/**
 * Decides a renewal by what the registry says of the name. The guard of a renew is a day (RFC 5731 §3.2.3), so days are
 * compared; a renew moves the expiry by exactly its years, so one that moved by others was moved by something else.
 */
export function judgeInfo(answer: Answer<DomainInfo>, facts: HeldFacts): HeldVerdict {
  if (answer.kind !== 'answered') return undecided(answer.reason)
  if (answer.code === 2303) return { kind: 'not_held' }
  const { data } = answer
  if (answer.code !== 1000 || data === undefined) return undecided(`info answered ${answer.code}`)
  if (data.name.toLowerCase() !== facts.name) return undecided(`the answer is about ${data.name}`)
  if (data.clID !== facts.clid || isAnother(data, facts)) return { kind: 'not_held' }
  if (data.statuses.includes('pendingRenew')) return undecided('a renewal is pending')
  const { exDate } = data
  if (exDate === undefined) return undecided('the answer tells no expiry')
  if (dayOf(exDate) === dayOf(facts.quotedExpiresAt)) return { kind: 'as_quoted' }
  const isOurWork = facts.wasSent && dayOf(exDate) === dayOf(addYears(facts.quotedExpiresAt, facts.years))
  return { kind: isOurWork ? 'renewed' : 'expiry_moved', expiresAt: exDate }
}

/** Registered anew since: the name is ours again, but not the registration that was to be renewed. Seconds: some cut fractions. */
function isAnother({ crDate }: DomainInfo, facts: HeldFacts): boolean {
  return crDate !== undefined && seconds(crDate) !== seconds(facts.crDate)
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000)
}

function undecided(reason: string): HeldVerdict {
  return { kind: 'undecided', reason }
}
