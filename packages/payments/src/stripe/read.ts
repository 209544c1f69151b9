import {
  type BalanceTransaction,
  type DeclineReason,
  type Dispute,
  type DisputeState,
  disputeReasons,
  type Intent,
  type IntentState,
  type Payout,
  type PayoutState,
  type ProviderRefund,
  type ProviderRefundState,
  payoutStates,
} from '@droplock/rules/ports/payments'
import type { Stripe } from 'stripe'
import { fromStripeAmount } from './amounts.ts'
import { declineReasonOf } from './answer.ts'

/** The names of our ids in the metadata of Stripe's objects. */
export const metadataNames = { payment: 'payment_id', refund: 'refund_id', customer: 'customer' } as const

/** `publishableKey` is returned with the client secret: a browser needs both. */
export function readIntent(intent: Stripe.PaymentIntent, publishableKey?: string): Intent {
  const state = intentStateOf(intent)
  const amount = fromStripeAmount(intent.amount, intent.currency)
  const declineReason: DeclineReason =
    declineReasonOf(intent.last_payment_error?.code, intent.last_payment_error?.decline_code) ??
    'card_declined'
  const payable = state === 'requires_action' || state === 'failed'
  return {
    providerId: intent.id,
    paymentId: intent.metadata[metadataNames.payment] ?? '',
    state,
    amount,
    capturedMinor: fromStripeAmount(intent.amount_received, intent.currency).amountMinor,
    ...(state === 'failed' ? { declineReason } : {}),
    ...(payable && intent.client_secret !== null
      ? { clientSecret: intent.client_secret, ...(publishableKey === undefined ? {} : { publishableKey }) }
      : {}),
  }
}

/** Stripe's status is the same before the first card and after a declined one. The last error distinguishes them. */
function intentStateOf({ status, last_payment_error }: Stripe.PaymentIntent): IntentState {
  switch (status) {
    case 'succeeded':
      return 'succeeded'
    case 'canceled':
      return 'canceled'
    case 'requires_payment_method':
      return last_payment_error === null ? 'requires_action' : 'failed'
    case 'requires_action':
    case 'requires_confirmation':
      return 'requires_action'
    default:
      // `processing`; also `requires_capture`, which we never request.
      return 'processing'
  }
}

export function readRefund(refund: Stripe.Refund): ProviderRefund {
  return {
    providerRefundId: refund.id,
    refundId: refund.metadata?.[metadataNames.refund] ?? '',
    providerPaymentId: idOf(refund.payment_intent) ?? '',
    state: refundStateOf(refund.status),
    amount: fromStripeAmount(refund.amount, refund.currency),
  }
}

function refundStateOf(status: string | null): ProviderRefundState {
  if (status === 'succeeded') return 'succeeded'
  return status === 'failed' || status === 'canceled' ? 'failed' : 'processing'
}

const disputeStates: ReadonlyMap<string, DisputeState> = new Map([
  ['warning_needs_response', 'inquiry'],
  ['warning_under_review', 'inquiry'],
  ['warning_closed', 'closed'],
  ['prevented', 'closed'],
  ['needs_response', 'open'],
  ['under_review', 'open'],
  ['appeal_needs_response', 'open'],
  ['appeal_under_review', 'open'],
  ['won', 'won'],
  ['lost', 'lost'],
])

export function readDispute(dispute: Stripe.Dispute): Dispute {
  const { due_by, submission_count } = dispute.evidence_details
  return {
    providerDisputeId: dispute.id,
    providerPaymentId: idOf(dispute.payment_intent) ?? '',
    // An unknown status counts as open: the money may have been withdrawn.
    state: disputeStates.get(dispute.status) ?? 'open',
    amount: fromStripeAmount(dispute.amount, dispute.currency),
    reason: disputeReasons.find((reason) => reason === dispute.reason) ?? 'general',
    // 0 where the bank takes none.
    ...(due_by === null || due_by === 0 ? {} : { evidenceDueBy: dateOf(due_by) }),
    isAnswered: submission_count > 0,
  }
}

/** Whether a dispute takes evidence at `nowMs`, by which none was submitted. */
export function takesEvidence({ status, evidence_details }: Stripe.Dispute, nowMs: number): boolean {
  const { due_by, submission_count } = evidence_details
  return status === 'needs_response' && submission_count === 0 && (due_by ?? 0) * 1_000 > nowMs
}

export function readPayout(payout: Stripe.Payout): Payout {
  return {
    providerPayoutId: payout.id,
    state: payoutStates.find((state): state is PayoutState => state === payout.status) ?? 'pending',
    amount: fromStripeAmount(payout.amount, payout.currency),
    createdAt: dateOf(payout.created),
    arrivesAt: dateOf(payout.arrival_date),
    // Its movements are listed once Stripe has put them together.
    isItemised: payout.reconciliation_status === 'completed',
  }
}

const movementKinds: ReadonlyMap<string, BalanceTransaction['kind']> = new Map([
  ['charge', 'payment'],
  ['refund', 'refund'],
  ['refund_failure', 'refund_failure'],
  ['dispute', 'dispute'],
  ['dispute_reversal', 'dispute_reversal'],
  ['fee', 'fee'],
  ['payout', 'payout'],
  ['payout_reversal', 'payout'],
])

/**
 * Stripe reports movements in the currency they are settled in. The amount that the customer paid is in the source, which
 * must be expanded. Its sign is that of the movement.
 */
export function readMovement(movement: Stripe.BalanceTransaction): BalanceTransaction {
  const { source } = movement
  const kind = movementKinds.get(movement.reporting_category) ?? 'other'
  const objectId = sourceIdOf(source)
  return {
    id: movement.id,
    kind,
    ...(objectId === undefined ? {} : { objectId }),
    ...(isPresented(source) ? { amount: signed(source, movement.amount) } : {}),
    settled: fromStripeAmount(movement.amount, movement.currency),
    fee: fromStripeAmount(movement.fee, movement.currency),
    createdAt: dateOf(movement.created),
  }
}

type Source = Stripe.BalanceTransaction['source']
type PresentedSource = Stripe.Charge | Stripe.Refund | Stripe.Dispute

function isPresented(source: Source): source is PresentedSource {
  if (source === null || typeof source === 'string') return false
  return source.object === 'charge' || source.object === 'refund' || source.object === 'dispute'
}

function signed({ amount, currency }: PresentedSource, movement: number) {
  return fromStripeAmount(movement < 0 ? -amount : amount, currency)
}

/** The object of a charge is its intent: its id is the payment's id at Stripe. */
function sourceIdOf(source: Source): string | undefined {
  if (source === null) return undefined
  if (typeof source === 'string') return source
  return source.object === 'charge' ? (idOf(source.payment_intent) ?? source.id) : source.id
}

function idOf(value: string | { readonly id: string } | null | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.id
}

function dateOf(seconds: number): Date {
  return new Date(seconds * 1_000)
}
