import { HOLD_MARGIN_MS } from './listings.ts'
import type { BackorderState } from './machines/backorder.ts'
import { type ListingState, listingMachine } from './machines/listing.ts'
import { isTerminal } from './machines/machine.ts'
import type { Money } from './money.ts'
import { Refusal, type RefusalCode } from './refusals.ts'

/** A reseller's own data of an order: at most 20 keys of up to 40 characters, each with a text of up to 500. */
export type OrderMetadata = Readonly<Record<string, string>>

/** The facts of a locked listing that decide an order. */
export type PlacementFacts = {
  readonly listingState: ListingState
  readonly zoneEnabled: boolean
  readonly premium: boolean
  readonly reserved: boolean
  readonly suspect: boolean
  /** Operators have blocked the name. */
  readonly blocked: boolean
  readonly opensAt: Date
  readonly cutoffAt: Date
  /** The name has a live backorder, paid or not. */
  readonly held: boolean
  /** That backorder, if it is the buyer's own and undecided. */
  readonly ownBackorderId?: string | undefined
  /** There is a price for the name's tier in the buyer's currency. */
  readonly priced: boolean
}

type Ground = {
  readonly code: RefusalCode
  readonly detail: string
  readonly applies: (facts: PlacementFacts, now: Date) => boolean
}

/**
 * In order of precedence: the first that applies is returned. Permanent grounds come before passing ones, so that nobody is asked to
 * come back for a name that will not be sold; and the state of the listing comes before its holder.
 */
const grounds: readonly Ground[] = [
  {
    // Before all others: a client that repeats an order because the answer was lost must learn that it succeeded.
    code: 'already_yours',
    detail: 'Your account holds this name already.',
    applies: (facts) => facts.ownBackorderId !== undefined,
  },
  {
    code: 'listing_closed',
    detail: 'The listing has ended.',
    applies: (facts) => isTerminal(listingMachine, facts.listingState),
  },
  {
    // By the clock, not by the state: the sweep that closes listings may be a moment late. At the cut-off itself orders are closed.
    code: 'cutoff_passed',
    detail: 'Orders for this name have closed.',
    applies: (facts, now) => now >= facts.cutoffAt,
  },
  {
    // A cut-off that is moved later re-opens the listing; until then it is closed.
    code: 'listing_closed',
    detail: 'The listing takes no orders.',
    applies: (facts) => facts.listingState === 'closed' || facts.listingState === 'dropping',
  },
  { code: 'zone_disabled', detail: 'The zone takes no new orders.', applies: (facts) => !facts.zoneEnabled },
  { code: 'name_blocked', detail: 'This name is not offered.', applies: (facts) => facts.blocked },
  { code: 'name_premium', detail: 'Premium names cannot be backordered.', applies: (facts) => facts.premium },
  { code: 'name_reserved', detail: 'The registry reserves this name.', applies: (facts) => facts.reserved },
  {
    code: 'name_suspect',
    detail: 'The name left the drop list and is being checked.',
    applies: (facts) => facts.suspect,
  },
  {
    code: 'name_taken',
    detail: 'Another customer holds this name.',
    applies: (facts) => facts.held && facts.ownBackorderId === undefined,
  },
  {
    code: 'price_unavailable',
    detail: 'The name has no price in your currency.',
    applies: (facts) => !facts.priced,
  },
  {
    code: 'listing_not_open_yet',
    detail: 'The listing does not take orders yet.',
    // By the clock, not by the state: the sweep that opens listings may be a while late.
    applies: (facts, now) => now < facts.opensAt,
  },
]

/** Why a name cannot be ordered at `now`; `undefined` where it can. For display: an order is decided under the lock. */
export function placementRefusal(facts: PlacementFacts, now: Date): RefusalCode | undefined {
  return grounds.find((ground) => ground.applies(facts, now))?.code
}

/** One of the reasons why an order would be refused. */
export type OrderReason = { readonly code: RefusalCode; readonly detail: string }

/** Every reason why a name cannot be ordered at `now`, the one that an order would be refused with first. For display. */
export function placementReasons(facts: PlacementFacts, now: Date): readonly OrderReason[] {
  return grounds.filter(({ applies }) => applies(facts, now)).map(({ code, detail }) => ({ code, detail }))
}

/**
 * Whether an order may claim the listing at `now`, which must be read after the listing was locked. Throws Refusal with the first
 * ground that applies. Rules 1, 2, 3, 6.
 */
export function decidePlacement(facts: PlacementFacts, now: Date): void {
  const ground = grounds.find(({ applies }) => applies(facts, now))
  if (ground === undefined) return
  throw new Refusal(ground.code, ground.detail, {
    listing_state: facts.listingState,
    opens_at: facts.opensAt.toISOString(),
    cutoff_at: facts.cutoffAt.toISOString(),
    ...(facts.ownBackorderId !== undefined && { backorder_id: facts.ownBackorderId }),
  })
}

/**
 * Throws Refusal('price_changed') where a buyer expects another price than the name has now: a price list has started since it was
 * read. Without an expected price any is accepted.
 */
export function requireExpectedPrice(
  price: { readonly priceMinor: bigint | undefined; readonly currency: string },
  expected: Pick<Money, 'amountMinor' | 'currency'> | undefined,
): void {
  if (expected === undefined) return
  if (expected.amountMinor === price.priceMinor && expected.currency === price.currency) return
  throw new Refusal('price_changed', 'The price of this name is not the expected one.', {
    price: { amount_minor: Number(price.priceMinor), currency: price.currency },
  })
}

/** How long an unpaid order holds a name: enough to enter a card and complete the bank's authentication. Milliseconds. */
export const HOLD_MS = 900_000

/** Nobody types a card's number in less: a hold that would end sooner is refused. Milliseconds. */
export const HOLD_MS_MIN = 120_000

/** So long before a hold lapses its holder is notified, or a third of its time if that is shorter. Milliseconds. */
export const HOLD_NOTICE_MS = 5 * 60_000
export const HOLD_NOTICE_SHARE = 1 / 3

export type HoldFacts = {
  readonly cutoffAt: Date
  /** The listing was held unpaid before, however that ended. */
  readonly heldBefore: boolean
  /** Open unpaid orders of the account, without this one. */
  readonly openHolds: number
  /** How many it may have: operator data, fewer until its first paid order. */
  readonly openHoldsMax: number
}

/**
 * Until when an exclusive hold that begins at `now` must be paid: for `HOLD_MS`, but not so close to the cut-off that the payment
 * could arrive too late. A listing is held once in its cycle, so nobody blocks a paying buyer for longer than one hold. Throws Refusal: hold_not_available, hold_too_late, hold_limit_reached. Rules 1, 6.
 */
export function decideHold(facts: HoldFacts, now: Date): Date {
  const payBy = payByOf(facts.cutoffAt, now)
  const [reason] = holdReasons(facts, now)
  if (reason !== undefined || payBy === undefined) {
    const { code, detail } = reason ?? tooLate
    throw new Refusal(
      code,
      detail,
      code === 'hold_limit_reached' ? { open_holds_max: facts.openHoldsMax } : {},
    )
  }
  return payBy
}

const tooLate: OrderReason = {
  code: 'hold_too_late',
  detail: 'Orders close too soon to hold the name unpaid.',
}

/** Every reason why a name cannot be held unpaid at `now`, the one that an order would be refused with first. */
export function holdReasons(facts: HoldFacts, now: Date): readonly OrderReason[] {
  const reasons: readonly (readonly [applies: boolean, reason: OrderReason])[] = [
    [
      facts.heldBefore,
      {
        code: 'hold_not_available',
        detail: 'This name was held unpaid before. Now the first paid order gets it.',
      },
    ],
    [payByOf(facts.cutoffAt, now) === undefined, tooLate],
    [
      facts.openHolds >= facts.openHoldsMax,
      { code: 'hold_limit_reached', detail: 'Pay or release an open order first.' },
    ],
  ]
  return reasons.filter(([applies]) => applies).map(([, reason]) => reason)
}

type BalancePaymentFacts = {
  readonly state: BackorderState
  /** Null where it never was a hold. */
  readonly payBy: Date | null
  readonly holdsListing: boolean
  /** The listing takes orders. */
  readonly isOpen: boolean
  readonly premium: boolean
}

/**
 * Whether an unpaid order may be paid from the balance at `now`, which must be read after the listing was locked. Throws Refusal:
 * payment_ended, name_premium. Rules 3, 6.
 */
export function decideBalancePayment(facts: BalancePaymentFacts, now: Date): void {
  const { state, payBy, holdsListing, isOpen, premium } = facts
  const isHeld = state === 'pending_payment' && holdsListing && payBy !== null && payBy > now
  if (!isHeld || !isOpen) throw new Refusal('payment_ended', 'This order cannot be paid any more.', { state })
  if (premium) throw new Refusal('name_premium', 'Premium names cannot be backordered.')
}

/** Until when a card payment for a listing must be made; `undefined` where that would leave less than `HOLD_MS_MIN` to pay. */
export function payByOf(cutoffAt: Date, now: Date): Date | undefined {
  const payBy = new Date(Math.min(now.getTime() + HOLD_MS, cutoffAt.getTime() - HOLD_MARGIN_MS))
  return payBy.getTime() - now.getTime() >= HOLD_MS_MIN ? payBy : undefined
}
