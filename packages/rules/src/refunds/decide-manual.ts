import { type BackorderState, backorderMachine } from '../machines/backorder.ts'
import { isTerminal, peek } from '../machines/machine.ts'
import { type RefundCause, type RefundState, refundMachine } from '../machines/refund.ts'
import { Refusal } from '../refusals.ts'
import { may, type Role } from '../staff/roles.ts'

/** Why a person refunds; the note says the rest. */
export const refundReasons = ['goodwill', 'service_fault', 'wrong_charge', 'legal', 'other'] as const

export type RefundReason = (typeof refundReasons)[number]

export type RefundableFacts = {
  readonly backorderState: BackorderState
  /** Captured by the payment that secured the backorder, minor units; 0 where none did. */
  readonly capturedMinor: bigint
  /** Refunds of that payment which are done or may still be: all but failed, rejected and expired ones. */
  readonly refundedMinor: bigint
}

/** What a person can still refund of a backorder, minor units: nothing before its result is known (rule 4). */
export function refundableMinor(facts: RefundableFacts): bigint {
  if (!isTerminal(backorderMachine, facts.backorderState)) return 0n
  return facts.capturedMinor - facts.refundedMinor
}

/** Throws Refusal: backorder_undecided (rule 4), refund_exceeds_remaining. `amountMinor` is above 0. */
export function decideProposal(facts: RefundableFacts, amountMinor: bigint): void {
  if (!isTerminal(backorderMachine, facts.backorderState)) {
    throw new Refusal('backorder_undecided', 'Nothing is refunded before the result is known.', {
      backorder_state: facts.backorderState,
    })
  }
  const remaining = refundableMinor(facts)
  if (amountMinor <= 0n || amountMinor > remaining) {
    throw new Refusal('refund_exceeds_remaining', 'The amount is more than what remains of the payment.', {
      remaining_minor: Number(remaining),
    })
  }
}

export type RefundFacts = {
  readonly state: RefundState
  readonly cause: RefundCause
  readonly proposedBy: string | null
}

/** Throws Refusal: refund_already_decided, decider_is_proposer. Two people, always (rule 9). */
export function decideDecision(refund: RefundFacts, deciderId: string): void {
  if (refund.state !== 'proposed') {
    throw new Refusal('refund_already_decided', `This refund is ${refund.state}.`, { state: refund.state })
  }
  if (refund.proposedBy === deciderId) {
    throw new Refusal('decider_is_proposer', 'Another person has to decide what you proposed.')
  }
}

export type RefundAction = 'approve' | 'reject'

const actions: readonly RefundAction[] = ['approve', 'reject']

/** The actions this person may take on a refund. */
export function refundActions(
  refund: RefundFacts,
  me: { readonly staffId: string; readonly roles: readonly Role[] },
): readonly RefundAction[] {
  if (!may(me.roles, 'refunds:decide') || refund.proposedBy === me.staffId) return []
  return actions.filter((action) => peek(refundMachine, refund.state, action) !== undefined)
}
