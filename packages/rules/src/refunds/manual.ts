import { type BackorderState, backorderMachine } from '../machines/backorder.ts'
import { isTerminal, peek } from '../machines/machine.ts'
import type { PaymentPurpose, PaymentState } from '../machines/payment.ts'
import {
  type RefundCause,
  type RefundDestination,
  type RefundState,
  refundMachine,
} from '../machines/refund.ts'
import { type RenewalState, renewalMachine } from '../machines/renewal.ts'
import { Refusal } from '../refusals.ts'
import { may, type Role } from '../staff.ts'

/** Why a person refunds; the note says the rest. */
export const refundReasons = ['goodwill', 'service_fault', 'wrong_charge', 'legal', 'other'] as const

export type RefundReason = (typeof refundReasons)[number]

type RefundableFacts = {
  readonly purpose: PaymentPurpose
  readonly paymentState: PaymentState
  /** Its money secured a backorder or paid a renewal. */
  readonly secures: boolean
  /** The backorder or the renewal that the payment is of. */
  readonly backorderState?: BackorderState | undefined
  readonly renewalState?: RenewalState | undefined
  /** Captured by the payment, minor units. */
  readonly capturedMinor: bigint
  /** Refunds of the payment which are done or may still be: all but failed, rejected and expired ones. */
  readonly refundedMinor: bigint
}

/** What a person can still refund of a payment, minor units: nothing before the result of its order is known (rule 4). */
export function refundableMinor(facts: RefundableFacts): bigint {
  return isUndecided(facts) ? 0n : remainingMinor(facts)
}

/** Throws Refusal: backorder_undecided and renewal_undecided (rule 4), refund_exceeds_remaining. `amountMinor` is above 0. */
export function decideProposal(facts: RefundableFacts, amountMinor: bigint): void {
  const { backorderState, renewalState } = facts
  if (isUndecided(facts)) {
    const detail = 'Nothing is refunded before the result is known.'
    throw renewalState === undefined
      ? new Refusal('backorder_undecided', detail, { backorder_state: backorderState ?? null })
      : new Refusal('renewal_undecided', detail, { renewal_state: renewalState })
  }
  const remaining = remainingMinor(facts)
  if (amountMinor <= 0n || amountMinor > remaining) {
    throw new Refusal('refund_exceeds_remaining', 'The amount is more than what remains of the payment.', {
      remaining_minor: Number(remaining),
    })
  }
}

type TopUpRefund = {
  readonly amountMinor: bigint
  readonly destination: RefundDestination
  /** The account's, minor units, read under its lock. */
  readonly balanceMinor: bigint
  readonly creditLimitMinor: bigint
}

/**
 * What a top-up paid is on the balance: from there it goes to its card or nowhere, and only as far as the credit. Throws Refusal:
 * refund_stays_on_balance, refund_exceeds_balance.
 */
export function decideTopUpRefund(refund: TopUpRefund): void {
  const { balanceMinor, destination } = refund
  if (destination === 'balance') {
    throw new Refusal('refund_stays_on_balance', 'It is on the balance, where it stays by the rule.', {
      balance_minor: Number(balanceMinor),
    })
  }
  const availableMinor = balanceMinor + refund.creditLimitMinor
  if (availableMinor < refund.amountMinor) {
    throw new Refusal('refund_exceeds_balance', 'Balance and credit have less than that.', {
      available_minor: Number(availableMinor),
    })
  }
}

function isUndecided({ backorderState, renewalState }: RefundableFacts): boolean {
  return (
    (backorderState !== undefined && !isTerminal(backorderMachine, backorderState)) ||
    (renewalState !== undefined && !isTerminal(renewalMachine, renewalState))
  )
}

/** What secures nothing goes back by itself; a top-up that its bank took back is on the balance no more. */
function remainingMinor({ purpose, paymentState, secures, ...facts }: RefundableFacts): bigint {
  const isHere = purpose === 'top_up' ? paymentState !== 'charged_back' : secures
  return isHere ? facts.capturedMinor - facts.refundedMinor : 0n
}

type RefundFacts = {
  readonly state: RefundState
  readonly cause: RefundCause
  readonly proposedBy: string | null
}

/** Throws Refusal: refund_already_decided, decider_is_proposer. Two people, always (rule 9). */
export function requireDecidableRefund(refund: RefundFacts, deciderId: string): void {
  if (refund.state !== 'proposed') {
    throw new Refusal('refund_already_decided', `This refund is ${refund.state}.`, { state: refund.state })
  }
  if (refund.proposedBy === deciderId) {
    throw new Refusal('decider_is_proposer', 'Another person has to decide what you proposed.')
  }
}

/** How long a proposal waits for another person, and an approved refund for its payout. Milliseconds: 7 days. */
export const APPROVAL_MS_MAX = 604_800_000

type ApprovalFacts = {
  readonly expiresAt: Date | null
  /** The hash of amount, payee and destination: of the refund, and of what the approver was shown. */
  readonly termsHash: string
  readonly seenHash: string
}

/** Throws Refusal: refund_expired, refund_changed. An approval is of what was seen, and of nothing else. */
export function decideApproval(facts: ApprovalFacts, now: Date): void {
  if (facts.expiresAt !== null && facts.expiresAt <= now) {
    throw new Refusal('refund_expired', 'This proposal waited too long. It has to be proposed again.')
  }
  if (facts.termsHash !== facts.seenHash) {
    throw new Refusal('refund_changed', 'This is not the refund that you looked at. Look again.')
  }
}

type AloneFacts = {
  readonly amountMinor: bigint
  /** What was refunded of the same payment by one person alone before. */
  readonly aloneBeforeMinor: bigint
  /** Operator data, per currency; 0 where there is none. */
  readonly limitMinor: bigint
}

/** Whether one person may refund this alone: all that was, of one payment, within the limit. Throws Refusal('refund_needs_approval'). */
export function requireWithinSingleApproverLimit({
  amountMinor,
  aloneBeforeMinor,
  limitMinor,
}: AloneFacts): void {
  if (aloneBeforeMinor + amountMinor <= limitMinor) return
  throw new Refusal('refund_needs_approval', 'More than one person may refund alone. Propose it.', {
    limit_minor: Number(limitMinor),
    alone_before_minor: Number(aloneBeforeMinor),
  })
}

type RetryFacts = {
  readonly state: RefundState
  /** Another refund stands for this one, or is proposed to. */
  readonly isRetried: boolean
}

/** Whether the money of a refund may be sent again: only when it failed for certain, and once at a time. */
export function isRetryable({ state, isRetried }: RetryFacts): boolean {
  return state === 'failed' && !isRetried
}

export type RefundAction = 'approve' | 'reject' | 'retry'

const decisions = ['approve', 'reject'] as const

/** The actions this person may take on a refund. */
export function refundActions(
  refund: RefundFacts & RetryFacts,
  me: { readonly staffId: string; readonly roles: readonly Role[] },
): readonly RefundAction[] {
  if (isRetryable(refund)) return may(me.roles, 'refunds:retry') ? ['retry'] : []
  if (!may(me.roles, 'refunds:decide') || refund.proposedBy === me.staffId) return []
  return decisions.filter((action) => peek(refundMachine, refund.state, action) !== undefined)
}
