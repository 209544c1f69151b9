import { HOLD_MARGIN_MS } from './listings.ts'
import { type ListingState, listingMachine } from './machines/listing.ts'
import { isTerminal } from './machines/machine.ts'
import { Refusal, type RefusalCode } from './refusals.ts'

/** What is known of a listing while its row is locked. */
export type PlacementFacts = {
  readonly listingState: ListingState
  readonly zoneEnabled: boolean
  readonly premium: boolean
  readonly reserved: boolean
  readonly suspect: boolean
  readonly opensAt: Date
  readonly cutoffAt: Date
  /** Somebody has a live backorder on the name, paid or not. */
  readonly held: boolean
  /** That backorder, where it is the buyer's own and not decided yet. */
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
 * In order of precedence; the first that applies is told. What can never pass comes before what may, so that nobody is
 * told to come back for a name that will not be sold; and the state of the listing comes before who holds it.
 */
const grounds: readonly Ground[] = [
  {
    // Before all others: whoever repeats an order because its answer was lost must hear that it was taken.
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
    // By the clock, not by the state: the step that closes listings may be a moment behind. The instant itself is past.
    code: 'cutoff_passed',
    detail: 'Orders for this name have closed.',
    applies: (facts, now) => now >= facts.cutoffAt,
  },
  {
    // A cut-off moved later re-opens a listing by its own step; until then it is closed.
    code: 'listing_closed',
    detail: 'The listing takes no orders.',
    applies: (facts) => facts.listingState === 'closed' || facts.listingState === 'dropping',
  },
  { code: 'zone_disabled', detail: 'The zone takes no new orders.', applies: (facts) => !facts.zoneEnabled },
  { code: 'name_premium', detail: 'Premium names cannot be backordered.', applies: (facts) => facts.premium },
  { code: 'name_reserved', detail: 'The registry reserves this name.', applies: (facts) => facts.reserved },
  {
    code: 'name_suspect',
    detail: 'The name left the drop list and is being checked.',
    applies: (facts) => facts.suspect,
  },
  { code: 'name_taken', detail: 'Another customer holds this name.', applies: (facts) => facts.held },
  {
    code: 'price_unavailable',
    detail: 'The name has no price in your currency.',
    applies: (facts) => !facts.priced,
  },
  {
    code: 'listing_not_open_yet',
    detail: 'The listing does not take orders yet.',
    applies: (facts, now) => facts.listingState === 'upcoming' || now < facts.opensAt,
  },
]

/** Why a name can't be ordered at `now`, or `undefined` where it can. For showing; an order is decided under the lock. */
export function placementRefusal(facts: PlacementFacts, now: Date): RefusalCode | undefined {
  return grounds.find((ground) => ground.applies(facts, now))?.code
}

/**
 * Whether an order may take the listing at `now`, which has to be read after the listing's lock is held. Throws Refusal
 * by the precedence above. Rules 1, 2, 3, 6.
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

/** How long an unpaid order keeps a name from others: time to enter a card and pass the bank's extra step. */
export const HOLD_MS = 900_000

type HoldFacts = {
  readonly cutoffAt: Date
  /** Somebody held this listing before, however that ended. */
  readonly heldBefore: boolean
  /** Unpaid orders that the account has open, this one not counted. */
  readonly openHolds: number
  /** How many it may have; operator data, fewer until its first paid order. */
  readonly openHoldsMax: number
}

/**
 * When an exclusive hold taken at `now` has to be paid: after `HOLD_MS`, and at the latest so long before the cut-off that the
 * payment can still arrive. A listing is held once in its cycle, so nobody keeps a name from a paying buyer for longer than
 * one hold. Throws Refusal: hold_not_available, hold_too_late, hold_limit_reached. Rules 1, 6.
 */
export function decideHold(facts: HoldFacts, now: Date): Date {
  if (facts.heldBefore) {
    throw new Refusal('hold_not_available', 'This name was held before; it goes to whoever pays first.')
  }
  const payBy = payByOf(facts.cutoffAt, now)
  if (payBy === undefined)
    throw new Refusal('hold_too_late', 'Orders close too soon to hold the name unpaid.')
  if (facts.openHolds >= facts.openHoldsMax) {
    throw new Refusal('hold_limit_reached', 'Pay or release an open order first.', {
      open_holds_max: facts.openHoldsMax,
    })
  }
  return payBy
}

/** The end of a card payment for a listing; `undefined` where it would be past already. */
export function payByOf(cutoffAt: Date, now: Date): Date | undefined {
  const payBy = new Date(Math.min(now.getTime() + HOLD_MS, cutoffAt.getTime() - HOLD_MARGIN_MS))
  return payBy > now ? payBy : undefined
}
