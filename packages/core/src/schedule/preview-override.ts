import { requirePermission, type StaffContext } from '../context.ts'
import { readListing } from '../listings/lock.ts'
import type { OverridePreview } from './plan-move.ts'
import { planOverride, type Window } from './plan-override.ts'
import { readSurroundings } from './read-surroundings.ts'

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
