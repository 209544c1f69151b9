import type { StaffContext } from '../context.ts'
import type { Basis, OverridePreview } from './preview-override.ts'

export type UndoOverride = { readonly listingId: string; readonly reason: string; readonly basis: Basis }

/** What undoing would do now; changes nothing. Throws Refusal: forbidden, listing_not_found, listing_not_overridden, listing_not_movable. */
export async function previewUndo(ctx: StaffContext, listingId: string): Promise<OverridePreview> {
  throw new Error(`not built yet ${String(ctx)} ${listingId}`)
}

/**
 * Takes an override back: the listing returns to what lists say by now, and follows them again. An order accepted meanwhile
 * stays (rule 6). Throws Refusal: forbidden, reason_required, listing_not_found, listing_not_overridden,
 * listing_not_movable, listing_changed, try_again.
 */
export async function undoOverride(ctx: StaffContext, command: UndoOverride): Promise<OverridePreview> {
  throw new Error(`not built yet ${String(ctx)} ${command.listingId}`)
}
