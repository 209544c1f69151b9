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

/** What showed the outcome of a target; the customer sees it with the outcome. */
export const outcomeBases = [
  /** The registry's answer to our create. */
  'create',
  /** The registry's answer to `info`. */
  'info',
  /** The registry's answer to a fee check. */
  'fee_check',
  /** The registry's RDAP data. */
  'rdap',
  /** The registry says that the name is not ours, and nothing shows what happened: the likeliest outcome is taken. */
  'presumed',
] as const

export type OutcomeBasis = (typeof outcomeBases)[number]

/** How the drop of a name ended, as events show it. */
export type OutcomeSnapshot = {
  readonly result: Outcome
  /** The EPP result code that decided it. */
  readonly code?: number
  readonly basis?: OutcomeBasis
  /** Who holds the name, and since when: of a lost name. */
  readonly holder_clid?: string
  readonly winner_created_at?: string
  /** The interval in which the time lies by which it was lost. */
  readonly lost_by?: { readonly min_ms: number; readonly max_ms: number }
}

/** What the outcome of a target does to its listing, backorder and money. */
export type OutcomeRow = {
  readonly target: CatchTargetEvent
  readonly listing: ListingEvent
  readonly backorder: BackorderEvent
  readonly failure: FailureReason | null
  readonly refund: RefundCause | null
}

const failure = { backorder: 'fail', refund: 'backorder_failed' } as const

/** Outcome of a target → listing, backorder, automatic refund. `recordOutcomes` in core applies only this table. Rule 22. */
export const outcomeTable = {
  registered: { target: 'register', listing: 'catch', backorder: 'succeed', failure: null, refund: null },
  lost: { target: 'lose', listing: 'lose', failure: 'lost', ...failure },
  missed: { target: 'miss', listing: 'miss', failure: 'missed', ...failure },
  premium: { target: 'find_premium', listing: 'find_premium', failure: 'premium', ...failure },
  withdrawn: { target: 'withdraw', listing: 'withdraw', failure: 'withdrawn', ...failure },
  refused: { target: 'refuse', listing: 'refuse', failure: 'refused', ...failure },
} as const satisfies Record<Outcome, OutcomeRow>

/** What decides the order of the names in a window with more names than capacity. */
type InService = { readonly orderedAt: Date; readonly listingId: string }

/**
 * Compares by order time, then listing id. Price never counts: there is no auction. Ids are compared by code unit, so every process
 * sorts alike in any locale. Rules 1, 23.
 */
export function byOrderOfService(one: InService, other: InService): number {
  const byTime = one.orderedAt.getTime() - other.orderedAt.getTime()
  if (byTime !== 0) return byTime
  if (one.listingId === other.listingId) return 0
  return one.listingId < other.listingId ? -1 : 1
}

/** The targets in the order in which they are served; the input is not changed. */
export function orderOfService<Target extends InService>(targets: readonly Target[]): Target[] {
  return targets.toSorted(byOrderOfService)
}

type UndecidedFacts = {
  readonly state: CatchTargetState
  readonly dropFrom: Date
  readonly graceUntil: Date
  /** When the deleted registration was created, where the registry said so. */
  readonly priorCrDate: Date | null
}

/** `crDate`: for a win, when our registration was created according to the registry. */
type ProposedOutcome = { readonly outcome: Outcome; readonly crDate?: Date | undefined }

/** Whether the outcome is left to people: undecided after the grace period. Before it, the catcher may still decide it. */
export function isLeftToPeople(
  { state, graceUntil }: Pick<UndecidedFacts, 'state' | 'graceUntil'>,
  now: Date,
): boolean {
  return !isTerminal(catchTargetMachine, state) && state !== 'disarmed' && now > graceUntil
}

/**
 * Whether people may decide the outcome of a target: only after its grace and while it is undecided; and a win only where the
 * registration is newer than the deleted one and not in the future. Throws Refusal: target_decided, target_in_time, outcome_not_possible.
 */
export function decideByPeople(target: UndecidedFacts, proposed: ProposedOutcome, now: Date): void {
  if (isTerminal(catchTargetMachine, target.state)) {
    throw new Refusal('target_decided', `This target is ${target.state}.`, { state: target.state })
  }
  if (!isLeftToPeople(target, now)) {
    throw new Refusal(
      'target_in_time',
      'The catcher may still decide it. People may decide after its grace.',
      {
        grace_until: target.graceUntil.toISOString(),
      },
    )
  }
  const { crDate } = proposed
  if ((proposed.outcome === 'registered') !== (crDate !== undefined)) {
    throw new Refusal('outcome_not_possible', 'A win needs a creation date; no other outcome has one.')
  }
  if (crDate === undefined) return
  const isNewer = target.priorCrDate === null || crDate > target.priorCrDate
  if (isNewer && crDate >= target.dropFrom && crDate <= now) return
  throw new Refusal('outcome_not_possible', 'Only a registration that was created in this drop is a win.')
}
