import { type PlacementFacts, placementRefusal } from '../backorders/decide-placement.ts'
import type { BackorderState, ExpiredReason } from '../machines/backorder.ts'

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
export type ReceiptDecision =
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
