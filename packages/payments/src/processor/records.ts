import type { DisputeReason } from '@droplock/rules/ports/payments'
import type { CardBehaviour } from './cards.ts'

/**
 * The records of a card processor. The sandbox and the stand-in both use it and differ only in their protocol. A record is
 * never changed in place, so that an event keeps it as it was. Amounts are in the minor units of the caller.
 */

type IntentStatus = 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled'

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
  /** The bank will return it. */
  readonly willBeReturned: boolean
  readonly atMs: number
}

export type DisputeRecord = {
  readonly id: string
  readonly intentId: string
  readonly chargeId: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly reason: DisputeReason
  readonly status: 'needs_response' | 'under_review' | 'won' | 'lost'
  /** No evidence is taken after it. */
  readonly dueByMs: number
  readonly evidence: Readonly<Record<string, string>>
  readonly atMs: number
}

/** What is paid to the merchant's bank account. */
export type PayoutRecord = {
  readonly id: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly status: 'in_transit' | 'paid' | 'failed'
  /** What it pays out. */
  readonly movementIds: ReadonlySet<string>
  readonly arrivesAtMs: number
  readonly atMs: number
}

/** One movement of the merchant's balance. Positive came in. */
export type Movement = {
  readonly id: string
  readonly category:
    | 'charge'
    | 'refund'
    | 'refund_failure'
    | 'dispute'
    | 'dispute_reversal'
    | 'fee'
    | 'payout'
    | 'payout_reversal'
  readonly amountMinor: bigint
  readonly feeMinor: bigint
  readonly currency: string
  /** A charge, a refund, a dispute or a payout; a fee for the service itself has none. */
  readonly sourceId?: string
  readonly atMs: number
}

/** The subject of an event, as it was then. */
type EventSubject =
  | { readonly about: 'payment_intent' | 'charge'; readonly record: IntentRecord }
  | { readonly about: 'refund'; readonly record: RefundRecord }
  | { readonly about: 'dispute'; readonly record: DisputeRecord }

/** `type` in Stripe's words. */
export type EventRecord = EventSubject & { readonly id: string; readonly type: string; readonly atMs: number }

export type Refused =
  | 'not_found'
  | 'key_reused'
  | 'wrong_state'
  | 'already_refunded'
  | 'amount_exceeds_remaining'
  | 'disputed'
  | 'evidence_closed'
  | 'nothing_to_pay_out'
  | 'full'

export type Outcome =
  | { readonly kind: 'intent'; readonly intent: IntentRecord }
  | { readonly kind: 'refund'; readonly refund: RefundRecord }
  | { readonly kind: 'dispute'; readonly dispute: DisputeRecord }
  | { readonly kind: 'payout'; readonly payout: PayoutRecord }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly code: Refused; readonly intent?: IntentRecord }

export type Books = {
  readonly intents: Map<string, IntentRecord>
  readonly refunds: Map<string, RefundRecord>
  readonly disputes: Map<string, DisputeRecord>
  /** Oldest first. */
  readonly payouts: Map<string, PayoutRecord>
  /** An intent's refunds, and its one dispute. */
  readonly refundIdsByIntent: Map<string, Set<string>>
  readonly disputeIdByIntent: Map<string, string>
  /** Oldest first. */
  readonly movements: Movement[]
  /** Oldest first. */
  readonly events: EventRecord[]
  /** Events that a receiver has acknowledged. */
  readonly delivered: Set<string>
  /** The command of each idempotency key, and its outcome. */
  readonly byKey: Map<string, { readonly fingerprint: string; readonly outcome: Outcome }>
}

export function emptyBooks(): Books {
  return {
    intents: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    payouts: new Map(),
    refundIdsByIntent: new Map(),
    disputeIdByIntent: new Map(),
    movements: [],
    events: [],
    delivered: new Set(),
    byKey: new Map(),
  }
}

/** Writes the movements and events of one command, with ids derived from the command's id. */
export type CommandWriter = {
  readonly books: Books
  readonly id: string
  readonly atMs: number
  addMovement(movement: Omit<Movement, 'id' | 'atMs'>): void
  addEvent(type: string, subject: EventSubject): void
}

export function createWriter(
  books: Books,
  { id, atMs }: { readonly id: string; readonly atMs: number },
): CommandWriter {
  let count = 0
  const nextId = (prefix: string) => {
    count += 1
    return `${prefix}_${id}${count}`
  }
  return {
    books,
    id,
    atMs,
    addMovement: (movement) => books.movements.push({ ...movement, id: nextId('txn'), atMs }),
    addEvent: (type, subject) => books.events.push({ ...subject, id: nextId('evt'), type, atMs }),
  }
}

/** What the cardholder says, and how long evidence is taken; as usual where left out. */
export type DisputeTerms = { readonly reason?: DisputeReason; readonly dueInMs?: number }

/** Everything that can be done to the books. Amounts are decimal text, so that a command is one line of JSON. */
export type Action =
  | {
      readonly do: 'create_intent'
      readonly amountMinor: string
      readonly currency: string
      readonly metadata: Readonly<Record<string, string>>
    }
  | { readonly do: 'confirm'; readonly intentId: string; readonly card: CardBehaviour }
  /** The payer has passed the bank's extra step, or has not. */
  | { readonly do: 'finish_step'; readonly intentId: string; readonly passed: boolean }
  | { readonly do: 'cancel'; readonly intentId: string }
  | {
      readonly do: 'refund'
      readonly intentId: string
      /** All that remains when absent. */
      readonly amountMinor?: string
      readonly metadata: Readonly<Record<string, string>>
    }
  /** Does what is due for an object: a late success, a slow refund, a returned refund, a dispute, the arrival of a payout. */
  | { readonly do: 'settle'; readonly objectId: string }
  | ({ readonly do: 'open_dispute'; readonly intentId: string } & DisputeTerms)
  /** The merchant's answer, once. */
  | {
      readonly do: 'submit_evidence'
      readonly disputeId: string
      readonly evidence: Readonly<Record<string, string>>
    }
  | { readonly do: 'close_dispute'; readonly disputeId: string; readonly won: boolean }
  /** Pays out everything of a currency that has not been paid out. */
  | { readonly do: 'pay_out'; readonly currency: string }
  /** The merchant's bank refuses a payout. */
  | { readonly do: 'fail_payout'; readonly payoutId: string }
  /** A fee for the service itself. */
  | { readonly do: 'charge_fee'; readonly amountMinor: string; readonly currency: string }
  /** Falsifies the books, so that a reconciliation has something to find. */
  | { readonly do: 'tamper'; readonly movementId: string; readonly how: 'drop' | 'double' | 'alter' }
  | { readonly do: 'delivered'; readonly eventId: string }

/** `id` is the seed of every id that the command creates: the same commands make the same books. */
export type Command = Action & { readonly id: string; readonly atMs: number; readonly key?: string }
