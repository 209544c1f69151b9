import { type PlacementFacts, placementRefusal } from './backorders.ts'
import type { BackorderState, ExpiredReason } from './machines/backorder.ts'
import { next } from './machines/machine.ts'
import { type PaymentEvent, type PaymentState, paymentMachine } from './machines/payment.ts'
import type { IntentState } from './ports/payments.ts'
import { Refusal } from './refusals.ts'

/** What is known when a card's money has arrived; the listing's row is locked. Amounts in minor units. */
export type ReceiptFacts = {
  readonly capturedMinor: bigint
  /** The price that was agreed when the payment was opened. */
  readonly agreedMinor: bigint
  /** The price of the listing now, in the payment's currency. */
  readonly priceMinor: bigint | undefined
  /** The order the payment was opened for; absent where nobody held the name for it. */
  readonly backorder?: {
    readonly state: BackorderState
    readonly holdsListing: boolean
    readonly expiredReason: ExpiredReason | null
  }
  /** Another payment secured the same order, whatever became of it. */
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
 * Decides what captured money does, at a `now` read after the listing's lock. A hold that is still there is paid before the
 * cut-off, unless the name became premium; a disabled zone stops new orders only (rule 6). Money for no hold, or one that
 * lapsed, claims the name as any buyer would, at the agreed price or not at all. A customer who released the order was told
 * that it is over, and is not bound again by money that was on its way. What can't be applied goes back.
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

/** Ways to pay one order, tried one after the other: enough for every card in a wallet. */
export const PAYMENTS_PER_ORDER_MAX = 5

type AnotherPaymentFacts = {
  /** Of the backorder or renewal that is to be paid. */
  readonly state: string
  /** Until then it waits to be paid; null where it never waited. */
  readonly payBy: Date | null
  /** Payments that were opened for it. */
  readonly tries: bigint
}

/**
 * Whether an unpaid order takes another card payment. Returns until when it has to be paid. Throws Refusal('payment_ended'): it
 * is paid, its time is over, or there were too many tries.
 */
export function decideAnotherPayment({ state, payBy, tries }: AnotherPaymentFacts, now: Date): Date {
  if (state === 'pending_payment' && payBy !== null && payBy > now && tries < PAYMENTS_PER_ORDER_MAX)
    return payBy
  throw new Refusal('payment_ended', 'This order takes no further payment.', { state })
}

/**
 * What the provider's word means for a payment of ours. `known`: nothing new, or older news than ours. `contradiction`: it
 * says that a payment which can't be paid any more was paid; a person has to look.
 */
type Followed =
  | { readonly kind: 'known' }
  | { readonly kind: 'moved'; readonly state: PaymentState }
  | { readonly kind: 'contradiction' }

const leads: Readonly<Record<IntentState, PaymentEvent>> = {
  requires_action: 'require_action',
  processing: 'process',
  succeeded: 'capture',
  failed: 'decline',
  canceled: 'cancel',
}

/**
 * Follows the provider's state of a payment, which was fetched at some time: two that fetched may tell in either order, and
 * steps between may never be told. So a state that cannot follow ours is old news; captured money never is.
 */
export function followProvider(ours: PaymentState, told: IntentState): Followed {
  if (ours === 'canceled') return { kind: told === 'succeeded' ? 'contradiction' : 'known' }
  if (ours === told || (ours !== 'requires_action' && ours !== 'processing' && ours !== 'failed')) {
    return { kind: 'known' }
  }
  return { kind: 'moved', state: next(paymentMachine, ours, leads[told]) }
}

/** The first pause before asking a provider again; each further try doubles it. */
const FIRST_PAUSE_MS = 5_000

/** No pause is longer: what waits for a provider is looked at every hour at least. */
export const TRY_AGAIN_MS_MAX = 3_600_000

/** How long after the `attempts`-th try (from 1) the next one may begin. Also how long a try may last unanswered. Milliseconds. */
export function tryAgainMs(attempts: number): number {
  // Bounded before the power, so that no count of attempts overflows.
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 12), TRY_AGAIN_MS_MAX)
}
