import { requirePermission, type StaffContext } from '../context.ts'
import { readListing } from '../listings/lock.ts'
import type { OverridePreview } from './plan-move.ts'
import { planUndo } from './plan-undo.ts'
import { readSurroundings } from './read-surroundings.ts'

/**
 * What undoing would do now; changes nothing. Throws Refusal: forbidden, listing_not_found, listing_not_overridden,
 * listing_not_movable.
 */
export async function previewUndo(ctx: StaffContext, listingId: string): Promise<OverridePreview> {
  requirePermission(ctx, 'schedules:override')
  const listing = await readListing(ctx.db, listingId)
  return planUndo(listing, await readSurroundings(ctx.db, listing))
}
