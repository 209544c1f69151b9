import { HOLD_MARGIN_MS } from '../listings/decide-move.ts'
import { Refusal } from '../refusals.ts'

/** How long an unpaid order keeps a name from others: time to enter a card and pass the bank's extra step. */
export const HOLD_MS = 900_000

export type HoldFacts = {
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
