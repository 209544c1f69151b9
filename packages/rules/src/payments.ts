import { type PlacementFacts, placementRefusal } from './backorders.ts'
import type { BackorderState, ExpiredReason } from './machines/backorder.ts'
import { next } from './machines/machine.ts'
import { type PaymentEvent, type PaymentState, paymentMachine } from './machines/payment.ts'
import type { IntentState } from './ports/payments.ts'
import { Refusal } from './refusals.ts'

/** The facts when a card payment was captured; the listing is locked. Amounts in minor units. */
export type ReceiptFacts = {
  readonly capturedMinor: bigint
  /** The price that was agreed when the payment was opened. */
  readonly agreedMinor: bigint
  /** The price of the listing now, in the payment's currency. */
  readonly priceMinor: bigint | undefined
  /** The order that the payment was opened for; absent where the name was not held. */
  readonly backorder?: {
    readonly state: BackorderState
    readonly holdsListing: boolean
    readonly expiredReason: ExpiredReason | null
  }
  /** Another payment secured the same order, even if it failed later. */
  readonly securedByAnother: boolean
  readonly listing: PlacementFacts
}

/** `secure`: the held order is paid. `claim`: a new order of the same listing takes the name. */
type ReceiptDecision =
  | { readonly kind: 'secure' }
  | { readonly kind: 'claim' }
  | { readonly kind: 'refund'; readonly cause: 'late_payment' | 'duplicate_payment' }

const late = { kind: 'refund', cause: 'late_payment' } as const

/**
 * Decides what captured money is used for, at a `now` read after the listing's lock. It secures a hold that still exists, before the
 * cut-off and unless the name became premium; a disabled zone stops new orders only (rule 6). Without a hold, or after it lapsed, the
 * money claims the name like any buyer, at the agreed price or not at all. A customer who released the order is not bound again by money
 * that arrives later. Money that cannot be applied is refunded.
 */
export function decideReceipt(facts: ReceiptFacts, now: Date): ReceiptDecision {
  if (facts.securedByAnother) return { kind: 'refund', cause: 'duplicate_payment' }
  if (facts.capturedMinor !== facts.agreedMinor) return late
  const { backorder, listing } = facts
  if (backorder !== undefined && backorder.state !== 'expired') {
    const isOurs = backorder.state === 'pending_payment' && backorder.holdsListing
    const isOpen = now < listing.cutoffAt && listing.listingState === 'open' && !listing.premium
    return isOurs && isOpen ? { kind: 'secure' } : late
  }
  if (backorder?.expiredReason === 'released') return late
  const isFree = placementRefusal(listing, now) === undefined
  return isFree && facts.priceMinor === facts.agreedMinor ? { kind: 'claim' } : late
}

/** Card payments for one order, one after the other: enough to try several cards. */
export const PAYMENTS_PER_ORDER_MAX = 5

type AnotherPaymentFacts = {
  /** The state of the backorder or renewal to be paid. */
  readonly state: string
  /** Until when it can be paid; null where it was paid at once. */
  readonly payBy: Date | null
  /** Payments opened for it before. */
  readonly tries: bigint
}

/**
 * Decides whether an unpaid order may have another card payment, and returns until when it has to be paid. Throws Refusal('payment_ended')
 * where it is paid, its time is over, or it had too many payments.
 */
export function decideAnotherPayment({ state, payBy, tries }: AnotherPaymentFacts, now: Date): Date {
  if (state === 'pending_payment' && payBy !== null && payBy > now && tries < PAYMENTS_PER_ORDER_MAX)
    return payBy
  throw new Refusal('payment_ended', 'This order cannot be paid any more.', { state })
}

/**
 * What a reported state means for a payment of ours. `known`: nothing new, or older than our state. `contradiction`: a payment that cannot
 * be paid any more was paid; a person has to look.
 */
type Followed =
  | { readonly kind: 'known' }
  | { readonly kind: 'moved'; readonly state: PaymentState }
  | { readonly kind: 'contradiction' }

const eventOf: Readonly<Record<IntentState, PaymentEvent>> = {
  requires_action: 'require_action',
  processing: 'process',
  succeeded: 'capture',
  failed: 'decline',
  canceled: 'cancel',
}

/**
 * Follows the provider's state of a payment. Two fetched states may be applied in either order, and states in between may never be
 * reported. So a state that cannot follow ours is old; captured money never is.
 */
export function followProvider(ours: PaymentState, reported: IntentState): Followed {
  if (ours === 'canceled') return { kind: reported === 'succeeded' ? 'contradiction' : 'known' }
  if (ours === reported || (ours !== 'requires_action' && ours !== 'processing' && ours !== 'failed')) {
    return { kind: 'known' }
  }
  return { kind: 'moved', state: next(paymentMachine, ours, eventOf[reported]) }
}

/** The first pause before asking a provider again; each further try doubles it. */
const FIRST_PAUSE_MS = 5_000

/** The longest pause: whatever waits for a provider is asked about at least hourly. */
export const TRY_AGAIN_MS_MAX = 3_600_000

/** How long after the `attempts`-th attempt (from 1) the next one may begin. Also how long an attempt may go unanswered. Milliseconds. */
export function tryAgainMs(attempts: number): number {
  // Bounded before the power, so that no count of attempts overflows.
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 12), TRY_AGAIN_MS_MAX)
}
