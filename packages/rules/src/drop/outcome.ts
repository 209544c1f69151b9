import type { BackorderEvent, FailureReason } from '../machines/backorder.ts'
import {
  type CatchTargetEvent,
  type CatchTargetState,
  catchTargetMachine,
  type Outcome,
} from '../machines/catch-target.ts'
import type { ListingEvent } from '../machines/listing.ts'
import { isTerminal } from '../machines/machine.ts'
import type { RefundCause } from '../machines/refund.ts'
import { Refusal } from '../refusals.ts'

/** What showed how a target ended; told to the customer with the outcome. */
export const outcomeBases = [
  /** The registry's answer to our create. */
  'create',
  /** What the registry tells of the name by `info`. */
  'info',
  /** The registry's quote of the fee. */
  'fee_check',
  /** What the registry publishes by RDAP. */
  'rdap',
  /** The registry says that the name is not ours, and nothing tells what happened: the likeliest is what counts. */
  'presumed',
] as const

export type OutcomeBasis = (typeof outcomeBases)[number]

/** What a target's end does to everything that hangs on it. */
export type OutcomeRow = {
  readonly target: CatchTargetEvent
  readonly listing: ListingEvent
  readonly backorder: BackorderEvent
  readonly failure: FailureReason | null
  readonly refund: RefundCause | null
}

const failure = { backorder: 'fail', refund: 'backorder_failed' } as const

/** What a target's end does to listing, backorder and refund. Core settles by this table and nothing else. Rule 22. */
export const outcomeTable = {
  registered: { target: 'register', listing: 'catch', backorder: 'succeed', failure: null, refund: null },
  lost: { target: 'lose', listing: 'lose', failure: 'lost', ...failure },
  missed: { target: 'miss', listing: 'miss', failure: 'missed', ...failure },
  premium: { target: 'find_premium', listing: 'find_premium', failure: 'premium', ...failure },
  withdrawn: { target: 'withdraw', listing: 'withdraw', failure: 'withdrawn', ...failure },
  refused: { target: 'refuse', listing: 'refuse', failure: 'refused', ...failure },
} as const satisfies Record<Outcome, OutcomeRow>

/** What decides a name's turn when a window has more names than capacity. */
type InService = { readonly orderedAt: Date; readonly listingId: string }

/**
 * Compares by order time, then listing id. Price never counts: there is no auction. Rules 1, 23. Ids are
 * compared by code unit, so every process sorts alike whatever its locale.
 */
export function byOrderOfService(one: InService, other: InService): number {
  const byTime = one.orderedAt.getTime() - other.orderedAt.getTime()
  if (byTime !== 0) return byTime
  if (one.listingId === other.listingId) return 0
  return one.listingId < other.listingId ? -1 : 1
}

/** The same targets in the order in which they are served; the input stays as it is. */
export function orderOfService<Target extends InService>(targets: readonly Target[]): Target[] {
  return targets.toSorted(byOrderOfService)
}

type UndecidedFacts = {
  readonly state: CatchTargetState
  readonly dropFrom: Date
  readonly graceUntil: Date
  /** When the deleted registration was created, where the registry told. */
  readonly priorCrDate: Date | null
}

/** `crDate`: for a win, when the registration of ours was created, by the registry's word. */
type ProposedOutcome = { readonly outcome: Outcome; readonly crDate?: Date | undefined }

/**
 * Whether people may decide how a target ended: only after its grace, when nothing else has, and a win only of a registration that
 * is newer than the deleted one and not of the future. Throws Refusal: target_decided, target_in_time, outcome_not_possible.
 */
export function decideByPeople(target: UndecidedFacts, proposed: ProposedOutcome, now: Date): void {
  if (isTerminal(catchTargetMachine, target.state)) {
    throw new Refusal('target_decided', `This target is ${target.state}.`, { state: target.state })
  }
  if (now <= target.graceUntil || target.state === 'disarmed') {
    throw new Refusal('target_in_time', 'The catcher may still decide it. People do after its grace.', {
      grace_until: target.graceUntil.toISOString(),
    })
  }
  const { crDate } = proposed
  if ((proposed.outcome === 'registered') !== (crDate !== undefined)) {
    throw new Refusal('outcome_not_possible', 'A win, and nothing else, has a creation date.')
  }
  if (crDate === undefined) return
  const isNewer = target.priorCrDate === null || crDate > target.priorCrDate
  if (isNewer && crDate >= target.dropFrom && crDate <= now) return
  throw new Refusal('outcome_not_possible', 'Only a registration that began with this drop is a win.')
}
