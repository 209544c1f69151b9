/**
 * The payments port: what core asks of a card provider. `packages/payments` has the adapters (Stripe, the sandbox); every
 * implementation passes the same conformance suite. No method throws for what the provider or the network does.
 */
import type { Evidence } from '../disputes/evidence.ts'
import type { PaymentState } from '../machines/payment.ts'
import type { RefundState } from '../machines/refund.ts'
import type { Money } from '../money.ts'

/**
 * What came of a call.
 * - `done`: it happened, once, whatever the number of tries under this key.
 * - `declined`: the provider says no to this business (the payment is disputed, the money is back already). Nothing
 *   happened and repeating changes nothing: a finance task.
 * - `ambiguous`: sent, and no clear answer. It may have happened. Never a ground to fail, refund or use a new key;
 *   repeat with the same key (a refund: `findRefund` first).
 * - `rejected`: the request itself was not taken. Retryable means the same call may pass later, under the same key;
 *   otherwise a person has to mend something (keys, settings, our code).
 */
export type Answer<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'declined'; readonly reason: DeclineReason; readonly trace?: string }
  | { readonly kind: 'ambiguous'; readonly reason: Ambiguity; readonly trace?: string }
  | {
      readonly kind: 'rejected'
      readonly reason: Rejection
      readonly retryable: boolean
      /** The provider's id of the request, for its support. */
      readonly trace?: string
    }

export type DeclineReason =
  // the card, or who pays
  | 'card_declined'
  | 'insufficient_funds'
  | 'expired_card'
  | 'authentication_failed'
  // a refund
  | 'already_refunded'
  | 'amount_exceeds_remaining'
  | 'disputed'
  | 'not_refundable'
  | 'provider_balance_low'
  // a cancellation
  | 'not_cancelable'
  // evidence for a dispute: it was submitted before, the deadline has passed, or the bank has decided
  | 'evidence_closed'

export type Ambiguity = 'timeout' | 'connection' | 'server_error' | 'in_progress' | 'unreadable'

export type Rejection =
  | 'unauthenticated'
  | 'not_permitted'
  | 'not_found'
  | 'invalid'
  | 'key_reused'
  | 'rate_limited'
  | 'amount_unsupported'

/** A payment as the provider sees it. Disputes are their own object: `getDispute`. */
export type IntentState = Exclude<PaymentState, 'disputed' | 'charged_back'>

export type CreateIntent = {
  /** Our payment's id; the idempotency key. */
  readonly paymentId: string
  readonly amount: Money
  /** Our account's id, sent to the provider so that its records can be searched. No personal data. */
  readonly customerReference: string
  /** Shown in the provider's records. Keys `payment_id` and `customer` are the adapter's own. */
  readonly metadata: Readonly<Record<string, string>>
}

export type Intent = {
  readonly providerId: string
  /** Ours, as we gave it; empty when the provider made the payment without us. */
  readonly paymentId: string
  readonly state: IntentState
  readonly amount: Money
  readonly capturedMinor: bigint
  /** Why the last try failed; only in state `failed`. */
  readonly declineReason?: DeclineReason
  /** Lets its bearer pay this intent. A secret: for the payer's browser, never for logs. Gone once nothing can be paid. */
  readonly clientSecret?: string
  /** Beside `clientSecret`, where the provider's own form in the browser wants it. Public. */
  readonly publishableKey?: string
  /** Beside `clientSecret`, where the provider has a page of its own to pay at. It holds that secret. */
  readonly payUrl?: string
}

export type CreateRefund = {
  /** Our refund's id; the idempotency key. A retry after `failed` is a new refund with a new id. */
  readonly refundId: string
  readonly providerPaymentId: string
  readonly amount: Money
}

export type ProviderRefundState = Extract<RefundState, 'processing' | 'succeeded' | 'failed'>

export type ProviderRefund = {
  readonly providerRefundId: string
  readonly refundId: string
  readonly providerPaymentId: string
  /** `succeeded` may turn `failed` days later, when the bank sends the money back. */
  readonly state: ProviderRefundState
  readonly amount: Money
}

/**
 * `inquiry` is a question of the bank: no money has moved. `open` has taken the money; `won` has given it back; `lost` keeps
 * it. `closed` ended without moving money.
 */
export type DisputeState = 'inquiry' | 'open' | 'won' | 'lost' | 'closed'

/** The reason that the cardholder gave to the bank; `general` is everything else. */
export const disputeReasons = [
  'fraudulent',
  'unrecognized',
  'duplicate',
  'credit_not_processed',
  'product_not_received',
  'product_unacceptable',
  'subscription_canceled',
  'general',
] as const

export type DisputeReason = (typeof disputeReasons)[number]

export type Dispute = {
  readonly providerDisputeId: string
  readonly providerPaymentId: string
  readonly state: DisputeState
  readonly amount: Money
  readonly reason: DisputeReason
  /** Until when evidence is taken; absent where none is, or not any more. */
  readonly evidenceDueBy?: Date
  /** Evidence has been submitted, by us or in the provider's own pages. */
  readonly isAnswered: boolean
}

export type SubmitEvidence = {
  /** The idempotency key. */
  readonly submissionId: string
  readonly providerDisputeId: string
  readonly evidence: Evidence
}

/** One movement of our balance at the provider. */
export type BalanceTransaction = {
  readonly id: string
  readonly kind:
    | 'payment'
    | 'refund'
    | 'refund_failure'
    | 'dispute'
    | 'dispute_reversal'
    | 'fee'
    | 'payout'
    | 'other'
  /** The provider's id of what moved the money, as the other methods take it: an intent, a refund or a dispute. */
  readonly objectId?: string
  /** As the customer saw it: same currency and size as our payment or refund. Positive came in. Absent for `fee` and such. */
  readonly amount?: Money
  /** As our balance saw it, in the currency it is settled in, before `fee`. Of one currency with `amount`, it equals it. */
  readonly settled: Money
  readonly fee: Money
  readonly createdAt: Date
}

type BalancePage = {
  readonly transactions: readonly BalanceTransaction[]
  /** Where the next page starts; absent on the last one. */
  readonly cursor?: string
}

export const payoutStates = ['pending', 'in_transit', 'paid', 'failed', 'canceled'] as const

/** `paid` may turn `failed` days later, when our bank refuses it. */
export type PayoutState = (typeof payoutStates)[number]

/** What the provider pays to our bank account, or takes from it (then the amount is negative). */
export type Payout = {
  readonly providerPayoutId: string
  readonly state: PayoutState
  readonly amount: Money
  readonly createdAt: Date
  /** When our bank is expected to have it. */
  readonly arrivesAt: Date
  /** Whether the provider says which movements it pays out: it does of its own payouts, not of those that people order there. */
  readonly isItemised: boolean
}

type PayoutPage = { readonly payouts: readonly Payout[]; readonly cursor?: string }

/** `from` inclusive, `to` exclusive. A range that has ended does not change, but for the provider's own late entries. */
export type BalanceRange = { readonly from: Date; readonly to: Date }

export type WebhookHeaders = { get(name: string): string | null }

/**
 * A verified event says only *look at this object*: deliveries come twice, late, and in any order, so the state is always
 * fetched. `eventId` is stored before work, and drops repeats.
 */
export type WebhookEvent = {
  readonly kind: 'event'
  readonly eventId: string
  readonly about: 'payment' | 'refund' | 'dispute' | 'other'
  readonly objectId: string
}

export type RejectedWebhook = {
  readonly kind: 'rejected'
  readonly reason:
    | 'no_signature'
    | 'bad_signature'
    | 'too_old'
    | 'from_the_future'
    | 'unreadable'
    | 'wrong_mode'
}

/**
 * An event older than this is a replay of a captured one: the provider signs every delivery anew. One that is signed further ahead
 * would be taken for as long as it says. Milliseconds.
 */
export const webhookAgeMsMax = 300_000

export type PaymentProvider = {
  readonly name: 'stripe' | 'sandbox'
  /** Asks for money. Nothing is charged until the payer confirms with `clientSecret`. */
  createIntent(order: CreateIntent): Promise<Answer<Intent>>
  getIntent(providerId: string): Promise<Answer<Intent>>
  /** So that nobody can pay it any more. Cancelling twice is `done`; paid already is `declined: not_cancelable`. */
  cancelIntent(providerId: string): Promise<Answer<Intent>>
  /**
   * Sends money back to the card. The key protects for a day only (Stripe forgets it after 24 h), so a caller that repeats a
   * refund looks with `findRefund` first: within the day the key stops a race, after it nothing is in flight any more.
   */
  refund(order: CreateRefund): Promise<Answer<ProviderRefund>>
  getRefund(providerRefundId: string): Promise<Answer<ProviderRefund>>
  /** The refund made under our id, if one was. Reads the provider's own list, which has no delay. */
  findRefund(
    order: Pick<CreateRefund, 'refundId' | 'providerPaymentId'>,
  ): Promise<Answer<ProviderRefund | undefined>>
  getDispute(providerDisputeId: string): Promise<Answer<Dispute>>
  /**
   * Sends all evidence at once; it cannot be changed afterwards. Like `refund`: after an ambiguous answer a caller looks with
   * `getDispute` first.
   */
  submitEvidence(order: SubmitEvidence): Promise<Answer<Dispute>>
  /** One page, newest first. */
  listBalanceTransactions(range: BalanceRange, cursor?: string): Promise<Answer<BalancePage>>
  /** Payouts made in the range, newest first, one page. */
  listPayouts(range: BalanceRange, cursor?: string): Promise<Answer<PayoutPage>>
  /** The movements that an itemised payout pays out, without its own. One page. */
  listPayoutTransactions(providerPayoutId: string, cursor?: string): Promise<Answer<BalancePage>>
  /** `rawBody` is what was received, octet for octet: a parsed and rewritten body has another signature. */
  parseWebhook(rawBody: Uint8Array, headers: WebhookHeaders, now: Date): WebhookEvent | RejectedWebhook
}
