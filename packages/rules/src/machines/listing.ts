import { type FailureEvent, type FailureReason, failures } from './backorder.ts'
import { finalStates, type Machine } from './machine.ts'

/**
 * A listing: one name in one cycle. What makes it not orderable (premium, reserved, suspect, zone disabled) is an attribute, never a
 * state. Rules 5, 6, 11, 12.
 */
export type ListingState = 'upcoming' | 'open' | 'closed' | 'dropping' | 'caught' | FailureReason | 'unsold'

export type ListingEvent =
  | 'open'
  | 'cut_off'
  | 'reopen'
  | 'drop_starts'
  | 'drop_moved'
  | 'catch'
  | FailureEvent
  | 'end_unsold'

export const listingMachine: Machine<ListingState, ListingEvent> = {
  initial: ['upcoming'],
  transitions: {
    upcoming: { open: 'open', withdraw: 'withdrawn' },
    open: { cut_off: 'closed', withdraw: 'withdrawn' },
    closed: { reopen: 'open', drop_starts: 'dropping', withdraw: 'withdrawn' },
    dropping: { drop_moved: 'closed', catch: 'caught', ...failures, end_unsold: 'unsold' },
    caught: {},
    ...finalStates(failures),
    unsold: {},
  },
}
