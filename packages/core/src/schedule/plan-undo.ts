import { Refusal } from '@droplock/rules/refusals'
import type { LockedListing } from '../listings/lock.ts'
import { listedScheduleOf } from './basis-view.ts'
import { type OverridePreview, planMove } from './plan-move.ts'
import type { Surroundings } from './read-surroundings.ts'

/**
 * What undoing would do. No check of the window: what lists say may be past, and then the drop decides as it would have.
 * Throws Refusal: listing_not_overridden, listing_not_movable.
 */
export function planUndo(listing: LockedListing, surroundings: Surroundings): OverridePreview {
  if (listing.override_id === null) {
    throw new Refusal('listing_not_overridden', 'No override of this listing is in force.')
  }
  return planMove(listing, surroundings, listedScheduleOf(listing))
}
