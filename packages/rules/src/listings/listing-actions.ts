import type { ListingState } from '../machines/listing.ts'
import { may, type Role } from '../staff/roles.ts'
import { movableStates } from './decide-move.ts'

export type ListingAction = 'override' | 'undo'

/** The actions a person with these roles may take on a listing. */
export function listingActions(
  listing: { readonly state: ListingState; readonly overridden: boolean },
  held: readonly Role[],
): readonly ListingAction[] {
  if (!may(held, 'schedules:override') || !movableStates.includes(listing.state)) return []
  return listing.overridden ? ['override', 'undo'] : ['override']
}
