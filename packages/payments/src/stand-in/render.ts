import type { Stripe } from 'stripe'
import type {
  DeclineCode,
  DisputeRecord,
  EventRecord,
  IntentRecord,
  Movement,
  PayoutRecord,
  RefundRecord,
} from '../processor/records.ts'

/**
 * The processor's records as Stripe's objects: the fields that the adapter reads and those that identify an object, checked
 * against the library's types.
 */

const seconds = (atMs: number) => Math.floor(atMs / 1_000)

type RenderSettings = { readonly live: boolean; readonly apiVersion: string }

export function renderIntent(intent: IntentRecord, live: boolean) {
  return {
    id: intent.id,
    object: 'payment_intent',
    amount: Number(intent.amountMinor),
    amount_received: intent.status === 'succeeded' ? Number(intent.amountMinor) : 0,
    capture_method: 'automatic',
    client_secret: intent.secret,
    created: seconds(intent.atMs),
    currency: intent.currency.toLowerCase(),
    last_payment_error: intent.declineCode === undefined ? null : renderDecline(intent.declineCode),
    latest_charge: intent.status === 'succeeded' ? intent.chargeId : null,
    livemode: live,
    metadata: { ...intent.metadata },
    payment_method_types: ['card'],
    status: intent.status,
  } satisfies Partial<Stripe.PaymentIntent>
}

/** A decline by the issuer is `card_declined` with a decline code. What Stripe itself finds has another code. */
export function renderDecline(declineCode: DeclineCode) {
  const parts = {
    card_declined: { code: 'card_declined', decline_code: 'generic_decline' },
    insufficient_funds: { code: 'card_declined', decline_code: 'insufficient_funds' },
    expired_card: { code: 'expired_card' },
    authentication_failed: { code: 'payment_intent_authentication_failure' },
  }[declineCode]
  return {
    type: 'card_error' as const,
    message: 'Your card was declined.',
    ...parts,
  } satisfies Stripe.PaymentIntent.LastPaymentError
}

export function renderCharge(intent: IntentRecord, live: boolean) {
  return {
    id: intent.chargeId,
    object: 'charge',
    amount: Number(intent.amountMinor),
    created: seconds(intent.atMs),
    currency: intent.currency.toLowerCase(),
    livemode: live,
    paid: true,
    payment_intent: intent.id,
    status: 'succeeded',
  } satisfies Partial<Stripe.Charge>
}

export function renderRefund(refund: RefundRecord) {
  return {
    id: refund.id,
    object: 'refund',
    amount: Number(refund.amountMinor),
    charge: refund.chargeId,
    created: seconds(refund.atMs),
    currency: refund.currency.toLowerCase(),
    metadata: { ...refund.metadata },
    payment_intent: refund.intentId,
    status: refund.status,
    ...(refund.status === 'failed' ? { failure_reason: 'lost_or_stolen_card' } : {}),
    ...(refund.status === 'pending' ? { pending_reason: 'processing' as const } : {}),
  } satisfies Partial<Stripe.Refund>
}

export function renderDispute(dispute: DisputeRecord, live: boolean) {
  const isAnswered = Object.keys(dispute.evidence).length > 0
  return {
    id: dispute.id,
    object: 'dispute',
    amount: Number(dispute.amountMinor),
    charge: dispute.chargeId,
    created: seconds(dispute.atMs),
    currency: dispute.currency.toLowerCase(),
    evidence_details: {
      due_by: seconds(dispute.dueByMs),
      enhanced_eligibility: {},
      has_evidence: isAnswered,
      past_due: false,
      submission_count: isAnswered ? 1 : 0,
      submission_method: isAnswered ? 'manual' : 'not_submitted',
    },
    livemode: live,
    payment_intent: dispute.intentId,
    reason: dispute.reason,
    status: dispute.status,
  } satisfies Partial<Stripe.Dispute>
}

export function renderPayout(payout: PayoutRecord, live: boolean) {
  return {
    id: payout.id,
    object: 'payout',
    amount: Number(payout.amountMinor),
    arrival_date: seconds(payout.arrivesAtMs),
    automatic: true,
    created: seconds(payout.atMs),
    currency: payout.currency.toLowerCase(),
    livemode: live,
    reconciliation_status: 'completed',
    status: payout.status,
  } satisfies Partial<Stripe.Payout>
}

/** Disputes and failed refunds have the same `type`, adjustment. `reporting_category` distinguishes them. */
const typeOf = {
  charge: 'charge',
  refund: 'refund',
  refund_failure: 'refund_failure',
  dispute: 'adjustment',
  dispute_reversal: 'adjustment',
  fee: 'stripe_fee',
  payout: 'payout',
  payout_reversal: 'payout_failure',
} as const satisfies Record<Movement['category'], Stripe.BalanceTransaction.Type>

export function renderMovement(movement: Movement, source: unknown) {
  return {
    ...({
      id: movement.id,
      object: 'balance_transaction',
      amount: Number(movement.amountMinor),
      created: seconds(movement.atMs),
      currency: movement.currency.toLowerCase(),
      exchange_rate: null,
      fee: Number(movement.feeMinor),
      net: Number(movement.amountMinor - movement.feeMinor),
      reporting_category: movement.category,
      status: 'available',
      type: typeOf[movement.category],
    } satisfies Partial<Stripe.BalanceTransaction>),
    source,
  }
}

export function renderEvent(event: EventRecord, { live, apiVersion }: RenderSettings) {
  return {
    ...({
      id: event.id,
      object: 'event',
      api_version: apiVersion,
      created: seconds(event.atMs),
      livemode: live,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
    } satisfies Partial<Stripe.EventBase>),
    type: event.type,
    data: { object: renderTold(event, live) },
  }
}

function renderTold(event: EventRecord, live: boolean) {
  switch (event.about) {
    case 'payment_intent':
      return renderIntent(event.record, live)
    case 'charge':
      return renderCharge(event.record, live)
    case 'refund':
      return renderRefund(event.record)
    case 'dispute':
      return renderDispute(event.record, live)
  }
}
