import type { CardBehaviour } from './cards.ts'

/**
 * What a card processor keeps. The sandbox and the stand-in both stand on it and differ only in the protocol they speak.
 * Records are never changed in place, so that an event can keep the one it tells of. Amounts are in the minor units of
 * whoever asks.
 */

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_action'
  | 'processing'
  | 'succeeded'
  | 'canceled'

/** Why a payment failed. */
export type DeclineCode = 'card_declined' | 'insufficient_funds' | 'expired_card' | 'authentication_failed'

export type IntentRecord = {
  readonly id: string
  readonly secret: string
  readonly chargeId: string
  readonly amountMinor: bigint
  /** Upper case. */
  readonly currency: string
  readonly metadata: Readonly<Record<string, string>>
  readonly status: IntentStatus
  readonly behaviour?: CardBehaviour
  readonly declineCode?: DeclineCode
  readonly atMs: number
}

export type RefundRecord = {
  readonly id: string
  readonly intentId: string
  readonly chargeId: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly metadata: Readonly<Record<string, string>>
  readonly status: 'pending' | 'succeeded' | 'failed'
  /** The bank will send it back. */
  readonly doomed: boolean
  readonly atMs: number
}

export type DisputeRecord = {
  readonly id: string
  readonly intentId: string
  readonly chargeId: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly status: 'needs_response' | 'won' | 'lost'
  readonly atMs: number
}

/** One movement of the merchant's balance. Positive came in. */
export type Movement = {
  readonly id: string
  readonly category: 'charge' | 'refund' | 'refund_failure' | 'dispute' | 'dispute_reversal'
  readonly amountMinor: bigint
  readonly feeMinor: bigint
  readonly currency: string
  /** A charge, a refund or a dispute. */
  readonly sourceId: string
  readonly atMs: number
}

/** What an event tells of, as it was then. */
export type Told =
  | { readonly about: 'payment_intent' | 'charge'; readonly record: IntentRecord }
  | { readonly about: 'refund'; readonly record: RefundRecord }
  | { readonly about: 'dispute'; readonly record: DisputeRecord }

/** `type` in Stripe's words. */
export type EventRecord = Told & { readonly id: string; readonly type: string; readonly atMs: number }

export type Refused =
  | 'not_found'
  | 'key_reused'
  | 'wrong_state'
  | 'already_refunded'
  | 'amount_exceeds_remaining'
  | 'disputed'
  | 'full'

export type Outcome =
  | { readonly kind: 'intent'; readonly intent: IntentRecord }
  | { readonly kind: 'refund'; readonly refund: RefundRecord }
  | { readonly kind: 'dispute'; readonly dispute: DisputeRecord }
  | { readonly kind: 'noted' }
  | { readonly kind: 'refused'; readonly code: Refused; readonly intent?: IntentRecord }

export type Books = {
  readonly intents: Map<string, IntentRecord>
  readonly refunds: Map<string, RefundRecord>
  readonly disputes: Map<string, DisputeRecord>
  /** An intent's refunds, and its one dispute. */
  readonly refundIdsByIntent: Map<string, Set<string>>
  readonly disputeIdByIntent: Map<string, string>
  /** Oldest first. */
  readonly movements: Movement[]
  /** Oldest first. */
  readonly events: EventRecord[]
  /** Events somebody has acknowledged. */
  readonly delivered: Set<string>
  /** What each idempotency key was used for, and what came of it. */
  readonly byKey: Map<string, { readonly fingerprint: string; readonly outcome: Outcome }>
}

export function emptyBooks(): Books {
  return {
    intents: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    refundIdsByIntent: new Map(),
    disputeIdByIntent: new Map(),
    movements: [],
    events: [],
    delivered: new Set(),
    byKey: new Map(),
  }
}
