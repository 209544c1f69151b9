import type { CatchTargetState } from './machines/catch-target.ts'
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

/** An unpaid hold ends this long before the cut-off, so that a payment at the last moment still arrives in time. Rule 6. */
export const HOLD_MARGIN_MS = 300_000

/** So long before its cut-off the accounts that watch an open name are notified. Seconds. */
export const WATCH_NOTICE_SECONDS = 3_600

/** The states in which an operator may move a listing. Once it drops, the registry's answers decide. */
const movableStates: ReadonlySet<ListingState> = new Set(['upcoming', 'open', 'closed'])

/** The facts of a listing that decide a move. */
export type MoveFacts = {
  readonly state: ListingState
  /** Whether a paid order holds it, an unpaid one, or none. */
  readonly holder: 'secured' | 'unpaid' | 'none'
}

type TargetEffect = 'none' | 'armed' | 'rearmed' | 'disarmed'

/** What a move does: shown in the preview, then applied. Rule 6. */
export type MoveEffect = {
  readonly stateAfter: ListingState
  /** A secured order always stays. An unpaid hold ends at `holdEndsBy`, or at once where that is past. */
  readonly holderAfter: 'secured' | 'unpaid' | 'none'
  readonly holdEndsBy: Date | null
  readonly target: TargetEffect
}

/**
 * Decides what moving a listing to `schedule` does at `now`. Moved later, a closed listing re-opens and keeps its holder, and
 * its target waits. Moved so that the cut-off is past, it closes, and its secured order is caught in the new window. Throws
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

/** Whether a create of ours may still succeed: the registry has to say so before the drop may be stopped. */
export function isAwaitingRegistry(target: CatchTargetState): boolean {
  return target === 'ambiguous' || target === 'awaiting_award'
}

/**
 * What stopping the drop of a listing does: the registry ran no batch in the window, or moved it. It is closed again, and its target is
 * armed for the new window. The cut-off stays past (rule 6), so only a paid order can hold it.
 */
export function decideDropMoved(facts: MoveFacts): MoveEffect {
  const stateAfter = next(listingMachine, facts.state, 'drop_moved')
  const target = facts.holder === 'secured' ? 'rearmed' : 'none'
  return { stateAfter, holderAfter: facts.holder, holdEndsBy: null, target }
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
 * Throws Refusal('invalid_window') unless cut-off ≤ start ≤ end, the end is in the future, the end is at most `DROP_DAYS_AHEAD_MAX`
 * ahead, and the cut-off is at most that long before the start.
 */
export function checkWindow({ cutoffAt, dropFrom, dropTo }: Schedule, now: Date): void {
  const faults: readonly (readonly [isWrong: boolean, fault: string])[] = [
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
  const found = faults.find(([isWrong]) => isWrong)
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

/** What a preview was computed from. It is sent again to apply the override, which is refused if the listing has changed. */
export type Basis = Schedule & {
  readonly version: number
  readonly state: ListingState
  readonly holder: MoveFacts['holder']
}

/**
 * Throws Refusal('listing_changed') where the listing has changed since the preview. Its facts are `changed` (the names of the fields
 * in the API) and for each field `…_seen` and `…_now`.
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
  throw new Refusal(
    'listing_changed',
    'The listing has changed since the preview. Please preview again.',
    facts,
  )
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
