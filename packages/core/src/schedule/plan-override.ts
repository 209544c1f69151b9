import { checkWindow } from '@droplock/rules/listings/decide-move'
import type { LockedListing } from '../listings/lock.ts'
import { type OverridePreview, planMove } from './plan-move.ts'
import type { Surroundings } from './read-surroundings.ts'

/** Where a person wants a listing. Without a cut-off the zone's lead before the window is taken. */
export type Window = { readonly dropFrom: Date; readonly dropTo: Date; readonly cutoffAt?: Date }

/** What an override would do to a listing that is locked, or merely looked at. Throws Refusal: listing_not_movable, invalid_window. */
export function planOverride(
  listing: LockedListing,
  surroundings: Surroundings,
  window: Window,
): OverridePreview {
  const { cutoffLeadSeconds, now } = surroundings
  const { dropFrom, dropTo } = window
  const cutoffAt = window.cutoffAt ?? new Date(dropFrom.getTime() - cutoffLeadSeconds * 1_000)
  const after = { cutoffAt, dropFrom, dropTo }
  checkWindow(after, now)
  return planMove(listing, surroundings, after)
}
