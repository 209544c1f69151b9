import { type ListingState, listingMachine } from './machines/listing.ts'
import { next } from './machines/machine.ts'
import { Refusal } from './refusals.ts'
import {
  DROP_AHEAD_MS_MAX,
  DROP_DAYS_AHEAD_MAX,
  isInCalendar,
  YEAR_MAX,
  YEAR_MIN,
} from './schedule/calendar.ts'
import { may, type Role } from './staff.ts'

/** When a name is expected to drop, and when its orders close. */
export type Schedule = { readonly cutoffAt: Date; readonly dropFrom: Date; readonly dropTo: Date }

/** An unpaid hold ends this long before the cut-off: what is paid at the last moment still has to arrive. Rule 6. */
export const HOLD_MARGIN_MS = 300_000

/** The states in which a person may move a listing: once it drops, the registry's answers decide it. */
const movableStates: ReadonlySet<ListingState> = new Set(['upcoming', 'open', 'closed'])

/** What is known of a listing when a move is decided. */
export type MoveFacts = {
  readonly state: ListingState
  /** Who holds it: a paid order, an unpaid one, or nobody. */
  readonly holder: 'secured' | 'unpaid' | 'none'
}

type TargetEffect = 'none' | 'armed' | 'rearmed' | 'disarmed'

/** What a move does, for showing before and for doing after. Rule 6. */
export type MoveEffect = {
  readonly stateAfter: ListingState
  /** A secured order always stays. An unpaid hold ends at `holdEndsBy`, at once where that is past. */
  readonly holderAfter: 'secured' | 'unpaid' | 'none'
  readonly holdEndsBy: Date | null
  readonly target: TargetEffect
}

/**
 * Decides what moving a listing to `schedule` does at `now`. Moved later, a closed listing re-opens and keeps its holder, and
 * its target waits. Moved so that the cut-off is past, it closes, and the secured order goes into the new drop. Throws
 * Refusal('listing_not_movable') once it drops or has ended. Rule 6.
 */
export function decideMove(facts: MoveFacts, schedule: Schedule, now: Date): MoveEffect {
  if (!movableStates.has(facts.state)) {
    throw new Refusal('listing_not_movable', `A listing that is ${facts.state} cannot be moved.`, {
      listing_state: facts.state,
    })
  }
  const stateAfter = stateAfterMove(facts.state, schedule.cutoffAt > now)
  const holdEndsBy = facts.holder === 'unpaid' ? new Date(schedule.cutoffAt.getTime() - HOLD_MARGIN_MS) : null
  const holderAfter = holdEndsBy !== null && holdEndsBy <= now ? 'none' : facts.holder
  return { stateAfter, holderAfter, holdEndsBy, target: targetEffect(facts, stateAfter) }
}

function stateAfterMove(state: ListingState, takesOrders: boolean): ListingState {
  if (state === 'closed' && takesOrders) return next(listingMachine, state, 'reopen')
  if (state === 'open' && !takesOrders) return next(listingMachine, state, 'cut_off')
  return state
}

function targetEffect(facts: MoveFacts, stateAfter: ListingState): TargetEffect {
  if (facts.holder !== 'secured') return 'none'
  if (facts.state === 'closed') return stateAfter === 'closed' ? 'rearmed' : 'disarmed'
  return stateAfter === 'closed' ? 'armed' : 'none'
}

/**
 * Throws Refusal('invalid_window') unless cut-off ≤ start ≤ end, the end is ahead (a past drop can't be asked for), and neither
 * the end nor the cut-off is further away than a drop may lie.
 */
export function checkWindow({ cutoffAt, dropFrom, dropTo }: Schedule, now: Date): void {
  const faults: readonly (readonly [isSo: boolean, fault: string])[] = [
    [dropFrom > dropTo, 'The window ends before it starts.'],
    [cutoffAt > dropFrom, 'Orders would close after the window starts.'],
    [dropTo <= now, 'The window is past.'],
    [!isInCalendar(cutoffAt), `All times must lie in the years from ${YEAR_MIN} to ${YEAR_MAX}.`],
    [isFurther(dropTo, now), `The window is more than ${DROP_DAYS_AHEAD_MAX} days ahead.`],
    [
      isFurther(dropFrom, cutoffAt),
      `Orders would close more than ${DROP_DAYS_AHEAD_MAX} days before the window starts.`,
    ],
  ]
  const found = faults.find(([isSo]) => isSo)
  if (found !== undefined) throw new Refusal('invalid_window', found[1])
}

function isFurther(later: Date, earlier: Date): boolean {
  return later.getTime() - earlier.getTime() > DROP_AHEAD_MS_MAX
}

export type ListingAction = 'override' | 'undo'

/** The actions a person with these roles may take on a listing. */
export function listingActions(
  listing: { readonly state: ListingState; readonly overridden: boolean },
  held: readonly Role[],
): readonly ListingAction[] {
  if (!may(held, 'schedules:override') || !movableStates.has(listing.state)) return []
  return listing.overridden ? ['override', 'undo'] : ['override']
}

/** What a preview was computed from. Applying hands it back: a difference is refused with what differs. */
export type Basis = Schedule & {
  readonly version: number
  readonly state: ListingState
  readonly holder: MoveFacts['holder']
}

/**
 * Throws Refusal('listing_changed') when the listing is not the one the preview saw. Its facts are `changed` (the fields, in
 * words of the API) and for each `…_seen` and `…_now`.
 */
export function requireBasis(seen: Basis, now: Basis): void {
  if (seen.version === now.version) return
  const before = basisFacts(seen)
  const after = basisFacts(now)
  const changed = Object.keys(after).filter((field) => before[field] !== after[field])
  const facts: Record<string, string | number> = { changed: changed.join(', ') }
  for (const field of changed) {
    facts[`${field}_seen`] = before[field] ?? ''
    facts[`${field}_now`] = after[field] ?? ''
  }
  throw new Refusal('listing_changed', 'The listing changed since you looked at it. Look again.', facts)
}

function basisFacts(basis: Basis): Record<string, string | number> {
  return {
    version: basis.version,
    state: basis.state,
    holder: basis.holder,
    cutoff_at: basis.cutoffAt.toISOString(),
    drop_from: basis.dropFrom.toISOString(),
    drop_to: basis.dropTo.toISOString(),
  }
}
