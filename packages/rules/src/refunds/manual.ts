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
  /** The state of the payment's backorder or renewal. */
  readonly backorderState?: BackorderState | undefined
  readonly renewalState?: RenewalState | undefined
  /** Captured by the payment, minor units. */
  readonly capturedMinor: bigint
  /** Refunds of the payment that were or may still be paid: all but failed, rejected and expired ones. */
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
 * The money of a top-up is on the balance: from there it can only go to its card, and only within balance and credit. Throws Refusal:
 * refund_stays_on_balance, refund_exceeds_balance.
 */
export function decideTopUpRefund(refund: TopUpRefund): void {
  const { balanceMinor, destination } = refund
  if (destination === 'balance') {
    throw new Refusal('refund_stays_on_balance', 'This money is on the balance already.', {
      balance_minor: Number(balanceMinor),
    })
  }
  const availableMinor = balanceMinor + refund.creditLimitMinor
  if (availableMinor < refund.amountMinor) {
    throw new Refusal('refund_exceeds_balance', 'Balance and credit are less than this amount.', {
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

/** Money that secures nothing is refunded automatically; a top-up that was charged back is no longer on the balance. */
function remainingMinor({ purpose, paymentState, secures, ...facts }: RefundableFacts): bigint {
  const isHere = purpose === 'top_up' ? paymentState !== 'charged_back' : secures
  return isHere ? facts.capturedMinor - facts.refundedMinor : 0n
}

type RefundFacts = {
  readonly state: RefundState
  readonly cause: RefundCause
  readonly proposedBy: string | null
}

/** Throws Refusal: refund_already_decided, decider_is_proposer. It always takes two people (rule 9). */
export function requireDecidableRefund(refund: RefundFacts, deciderId: string): void {
  if (refund.state !== 'proposed') {
    throw new Refusal('refund_already_decided', `This refund is ${refund.state}.`, { state: refund.state })
  }
  if (refund.proposedBy === deciderId) {
    throw new Refusal('decider_is_proposer', 'Another person has to decide what you proposed.')
  }
}

/** How long a proposal waits for another person, and an approved refund to be sent. Milliseconds: 7 days. */
export const APPROVAL_MS_MAX = 604_800_000

type ApprovalFacts = {
  readonly expiresAt: Date | null
  /** The hash of amount, payee and destination: the refund's, and of what the approver was shown. */
  readonly termsHash: string
  readonly seenHash: string
}

/** Throws Refusal: refund_expired, refund_changed. Only what was seen can be approved. */
export function decideApproval(facts: ApprovalFacts, now: Date): void {
  if (facts.expiresAt !== null && facts.expiresAt <= now) {
    throw new Refusal('refund_expired', 'This proposal waited too long. It has to be proposed again.')
  }
  if (facts.termsHash !== facts.seenHash) {
    throw new Refusal('refund_changed', 'The refund has changed since you opened it. Check it again.')
  }
}

type SingleApproverFacts = {
  readonly amountMinor: bigint
  /** What was refunded of the payment by single approvers before. */
  readonly aloneBeforeMinor: bigint
  /** Operator data, per currency; 0 where there is none. */
  readonly limitMinor: bigint
}

/** All refunds of a payment by single approvers stay within the limit. Throws Refusal('refund_needs_approval'). */
export function requireWithinSingleApproverLimit({
  amountMinor,
  aloneBeforeMinor,
  limitMinor,
}: SingleApproverFacts): void {
  if (aloneBeforeMinor + amountMinor <= limitMinor) return
  throw new Refusal('refund_needs_approval', 'This is above the single-approver limit. Propose it.', {
    limit_minor: Number(limitMinor),
    alone_before_minor: Number(aloneBeforeMinor),
  })
}

type RetryFacts = {
  readonly state: RefundState
  /** Another refund retries this one, or is proposed to. */
  readonly isRetried: boolean
}

/** Whether a refund may be retried: only after it failed for certain, and once at a time. */
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
