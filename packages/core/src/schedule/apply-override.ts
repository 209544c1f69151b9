import type { StaffContext } from '../context.ts'
import type { Basis, OverridePreview, PreviewOverride } from './preview-override.ts'

export type ApplyOverride = PreviewOverride & { readonly reason: string; readonly basis: Basis }

/**
 * Moves a listing's window and cut-off by a person's word (rule 6). What was done is told in the preview's shape. Throws
 * Refusal: forbidden, reason_required, listing_not_found, listing_not_movable, invalid_window, listing_changed (facts:
 * `changed`, and each changed field as it was seen and as it is), try_again.
 */
export async function applyOverride(ctx: StaffContext, command: ApplyOverride): Promise<OverridePreview> {
  throw new Error(`not built yet ${String(ctx)} ${command.listingId}`)
}
