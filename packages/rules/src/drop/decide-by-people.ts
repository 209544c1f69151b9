import { type CatchTargetState, catchTargetMachine, type Outcome } from '../machines/catch-target.ts'
import { isTerminal } from '../machines/machine.ts'
import { Refusal } from '../refusals.ts'

export type UndecidedFacts = {
  readonly state: CatchTargetState
  readonly dropFrom: Date
  readonly graceUntil: Date
  /** When the deleted registration was created, where the registry told. */
  readonly priorCrDate: Date | null
}

/** `crDate`: for a win, when the registration of ours was created, by the registry's word. */
export type ProposedOutcome = { readonly outcome: Outcome; readonly crDate?: Date | undefined }

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
