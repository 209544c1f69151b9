import { type Basis, checkWindow, decideMove, type MoveEffect, type Schedule } from '@droplock/rules/listings'
import { Refusal } from '@droplock/rules/refusals'
import type { Facts } from '../audit/chain.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import { type LockedListing, readListing } from '../locks.ts'
import { readSurroundings, type SuperviseOptions } from './read-surroundings.ts'

export function basisOf(listing: LockedListing, { holder }: SuperviseOptions): Basis {
  return { version: listing.version, state: listing.state, holder, ...scheduleOf(listing) }
}

export function scheduleOf(listing: LockedListing): Schedule {
  return { cutoffAt: listing.cutoff_at, dropFrom: listing.drop_from, dropTo: listing.drop_to }
}

/** What lists say of the listing: its own schedule unless an override stands in front of it. */
export function listedScheduleOf(listing: LockedListing): Schedule {
  return {
    cutoffAt: listing.listed_cutoff_at ?? listing.cutoff_at,
    dropFrom: listing.listed_drop_from ?? listing.drop_from,
    dropTo: listing.listed_drop_to ?? listing.drop_to,
  }
}

/** A schedule in the words of the audit. */
export function scheduleFacts({ cutoffAt, dropFrom, dropTo }: Schedule): Facts {
  return { cutoff_at: cutoffAt, drop_from: dropFrom, drop_to: dropTo }
}

/** Where a person wants a listing. Without a cut-off the zone's lead before the window is taken. */
export type Window = { readonly dropFrom: Date; readonly dropTo: Date; readonly cutoffAt?: Date }

/** What an override would do to a listing that is locked, or merely looked at. Throws Refusal: listing_not_movable, invalid_window. */
export function planOverride(
  listing: LockedListing,
  surroundings: SuperviseOptions,
  window: Window,
): OverridePreview {
  const { cutoffLeadSeconds, now } = surroundings
  const { dropFrom, dropTo } = window
  const cutoffAt = window.cutoffAt ?? new Date(dropFrom.getTime() - cutoffLeadSeconds * 1_000)
  const after = { cutoffAt, dropFrom, dropTo }
  checkWindow(after, now)
  return planMove(listing, surroundings, after)
}

export type PreviewOverride = { readonly listingId: string; readonly window: Window }

/**
 * What an override would do now; changes nothing. Throws Refusal: forbidden, listing_not_found, listing_not_movable,
 * invalid_window.
 */
export async function previewOverride(ctx: StaffContext, command: PreviewOverride): Promise<OverridePreview> {
  requirePermission(ctx, 'schedules:override')
  const listing = await readListing(ctx.db, command.listingId)
  return planOverride(listing, await readSurroundings(ctx.db, listing), command.window)
}

/**
 * What undoing would do. No check of the window: what lists say may be past, and then the drop decides as it would have.
 * Throws Refusal: listing_not_overridden, listing_not_movable.
 */
export function planUndo(listing: LockedListing, surroundings: SuperviseOptions): OverridePreview {
  if (listing.override_id === null) {
    throw new Refusal('listing_not_overridden', 'No override of this listing is in force.')
  }
  return planMove(listing, surroundings, listedScheduleOf(listing))
}

/**
 * What undoing would do now; changes nothing. Throws Refusal: forbidden, listing_not_found, listing_not_overridden,
 * listing_not_movable.
 */
export async function previewUndo(ctx: StaffContext, listingId: string): Promise<OverridePreview> {
  requirePermission(ctx, 'schedules:override')
  const listing = await readListing(ctx.db, listingId)
  return planUndo(listing, await readSurroundings(ctx.db, listing))
}

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
  surroundings: SuperviseOptions,
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
