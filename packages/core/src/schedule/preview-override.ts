import type { MoveEffect, Schedule } from '@droplock/rules/listings/decide-move'
import type { ListingState } from '@droplock/rules/machines/listing'
import type { StaffContext } from '../context.ts'

/** Where a person wants a listing. Without a cut-off the zone's lead before the window is taken. */
export type Window = { readonly dropFrom: Date; readonly dropTo: Date; readonly cutoffAt?: Date }

export type PreviewOverride = { readonly listingId: string; readonly window: Window }

/** What a preview was computed from. Applying hands it back: a difference is refused with what differs. */
export type Basis = Schedule & {
  readonly version: number
  readonly state: ListingState
  readonly holder: 'secured' | 'unpaid' | 'none'
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

/**
 * What an override would do now; changes nothing. Throws Refusal: forbidden, listing_not_found, listing_not_movable,
 * invalid_window.
 */
export async function previewOverride(ctx: StaffContext, command: PreviewOverride): Promise<OverridePreview> {
  throw new Error(`not built yet ${String(ctx)} ${command.listingId}`)
}
