import { checkWindow, decideMove, type MoveEffect, type Schedule } from '@droplock/rules/listings/decide-move'
import { requirePermission, type StaffContext } from '../context.ts'
import { type LockedListing, readListing } from '../listings/lock.ts'
import { type Basis, basisOf, listedScheduleOf, readSurroundings, type Surroundings } from './basis.ts'

export type { Basis } from './basis.ts'

/** Where a person wants a listing. Without a cut-off the zone's lead before the window is taken. */
export type Window = { readonly dropFrom: Date; readonly dropTo: Date; readonly cutoffAt?: Date }

export type PreviewOverride = { readonly listingId: string; readonly window: Window }

export type OverridePreview = {
  readonly listingId: string
  readonly name: string
  readonly basis: Basis
  readonly after: Schedule
  readonly effect: MoveEffect
  /** What lists say: where undoing returns to. */
  readonly listed: Schedule
}

/**
 * What an override would do now; changes nothing. Throws Refusal: forbidden, listing_not_found, listing_not_movable,
 * invalid_window.
 */
export async function previewOverride(ctx: StaffContext, command: PreviewOverride): Promise<OverridePreview> {
  requirePermission(ctx, 'schedules:override')
  const listing = await readListing(ctx.db, command.listingId)
  return planOverride(listing, await readSurroundings(ctx.db, listing), command.window)
}

/** The same for a listing that is locked already, or merely looked at. Throws Refusal: listing_not_movable, invalid_window. */
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

/** Throws Refusal('listing_not_movable'). */
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
