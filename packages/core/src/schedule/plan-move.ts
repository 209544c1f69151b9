import { decideMove, type MoveEffect, type Schedule } from '@droplock/rules/listings/decide-move'
import type { Basis } from '@droplock/rules/listings/require-basis'
import type { LockedListing } from '../listings/lock.ts'
import { basisOf, listedScheduleOf } from './basis-view.ts'
import type { Surroundings } from './read-surroundings.ts'

export type OverridePreview = {
  readonly listingId: string
  readonly name: string
  readonly basis: Basis
  readonly after: Schedule
  readonly effect: MoveEffect
  /** What lists say: where undoing returns to. */
  readonly listed: Schedule
}

/** What a move would do. Throws Refusal('listing_not_movable'). */
export function planMove(
  listing: LockedListing,
  surroundings: Surroundings,
  after: Schedule,
): OverridePreview {
  const basis = basisOf(listing, surroundings)
  const effect = decideMove(basis, after, surroundings.now)
  return {
    listingId: listing.id,
    name: listing.name,
    basis,
    after,
    effect,
    listed: listedScheduleOf(listing),
  }
}
