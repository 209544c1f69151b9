import { randomUUID } from 'node:crypto'
import type {
  Answer,
  CreateIntent,
  CreateRefund,
  Dispute,
  DisputeState,
  Intent,
  IntentState,
  PaymentProvider,
  ProviderRefund,
  ProviderRefundState,
  SubmitEvidence,
  WebhookEvent,
} from '@droplock/rules/ports/payments'

/** How long evidence is taken. Milliseconds: 7 days. */
const DUE_MS = 604_800_000

/** The result of the next refund: as the provider answers, or without an answer although it was made, or was not. */
export type RefundFate = ProviderRefundState | 'declined' | 'made_unanswered' | 'not_made_unanswered'

/**
 * A card provider in memory with its own records. It does not protect us by refusing: what it is asked to do twice, it does twice.
 */
export class FakeProvider implements PaymentProvider {
  readonly name = 'sandbox'
  readonly intents = new Map<string, Intent>()
  readonly refunds = new Map<string, ProviderRefund>()
  readonly disputes = new Map<string, Dispute>()
  /** Sent and not delivered yet. */
  readonly events: WebhookEvent[] = []
  refundFate: RefundFate = 'succeeded'
  /** Calls of a kind, to show that none was made. */
  readonly calls: string[] = []

  async createIntent({ paymentId, amount }: CreateIntent): Promise<Answer<Intent>> {
    this.calls.push('createIntent')
    const known = [...this.intents.values()].find((intent) => intent.paymentId === paymentId)
    if (known !== undefined) return done(known)
    const providerId = `pi_${randomUUID()}`
    const secret = { clientSecret: `${providerId}_secret` }
    const intent = {
      providerId,
      paymentId,
      state: 'requires_action',
      amount,
      capturedMinor: 0n,
      ...secret,
    } as const
    this.intents.set(providerId, intent)
    return done(intent)
  }

  async getIntent(providerId: string): Promise<Answer<Intent>> {
    return found(this.intents.get(providerId))
  }

  async cancelIntent(providerId: string): Promise<Answer<Intent>> {
    this.calls.push('cancelIntent')
    const intent = this.intents.get(providerId)
    if (intent === undefined) return notFound
    if (intent.state === 'succeeded' || intent.state === 'processing')
      return { kind: 'declined', reason: 'not_cancelable' }
    return done(this.move(providerId, 'canceled'))
  }

  /** The payer or the payer's bank acts. A payment that was paid or cancelled no longer changes. */
  move(providerId: string, state: IntentState): Intent {
    const intent = this.intents.get(providerId)
    if (intent === undefined) throw new Error(`no intent ${providerId}`)
    if (intent.state === 'succeeded' || intent.state === 'canceled') return intent
    const capturedMinor = state === 'succeeded' ? intent.amount.amountMinor : 0n
    const moved = { ...intent, state, capturedMinor }
    this.intents.set(providerId, moved)
    this.sendEvent('payment', providerId)
    return moved
  }

  async refund({ refundId, providerPaymentId, amount }: CreateRefund): Promise<Answer<ProviderRefund>> {
    this.calls.push('refund')
    const known = this.refundOf(refundId)
    if (known !== undefined) return done(known)
    const fate = this.refundFate
    if (fate === 'declined') return { kind: 'declined', reason: 'not_refundable' }
    if (fate === 'not_made_unanswered') return unanswered
    const state = fate === 'made_unanswered' ? 'succeeded' : fate
    const providerRefundId = `re_${randomUUID()}`
    const refund = { providerRefundId, refundId, providerPaymentId, state, amount }
    this.refunds.set(providerRefundId, refund)
    return fate === 'made_unanswered' ? unanswered : done(refund)
  }

  async getRefund(providerRefundId: string): Promise<Answer<ProviderRefund>> {
    return found(this.refunds.get(providerRefundId))
  }

  async findRefund({ refundId }: { refundId: string }): Promise<Answer<ProviderRefund | undefined>> {
    return done(this.refundOf(refundId))
  }

  private refundOf(refundId: string): ProviderRefund | undefined {
    return [...this.refunds.values()].find((refund) => refund.refundId === refundId)
  }

  /** The bank decides about a refund, at once or days later. A failure is final. */
  moveRefund(providerRefundId: string, state: ProviderRefundState): void {
    const refund = this.refunds.get(providerRefundId)
    if (refund === undefined || refund.state === 'failed') return
    this.refunds.set(providerRefundId, { ...refund, state })
    this.sendEvent('refund', providerRefundId)
  }

  /** The cardholder's bank takes the money back, or `amountMinor` of it. */
  openDispute(providerPaymentId: string): string {
    const intent = this.intents.get(providerPaymentId)
    if (intent?.state !== 'succeeded') throw new Error(`${providerPaymentId} was not paid`)
    const providerDisputeId = `dp_${randomUUID()}`
    const { amount } = intent
    this.disputes.set(providerDisputeId, {
      providerDisputeId,
      providerPaymentId,
      state: 'open',
      amount,
      reason: 'fraudulent',
      evidenceDueBy: new Date(Date.now() + DUE_MS),
      isAnswered: false,
    })
    this.sendEvent('dispute', providerDisputeId)
    return providerDisputeId
  }

  decideDispute(providerDisputeId: string, state: DisputeState): void {
    const dispute = this.disputes.get(providerDisputeId)
    if (dispute?.state !== 'open') return
    this.disputes.set(providerDisputeId, { ...dispute, state })
    this.sendEvent('dispute', providerDisputeId)
  }

  async getDispute(providerDisputeId: string): Promise<Answer<Dispute>> {
    return found(this.disputes.get(providerDisputeId))
  }

  /** The provider has a later word of a dispute. */
  changeDispute(providerDisputeId: string, change: Partial<Dispute>): void {
    const dispute = this.disputes.get(providerDisputeId)
    if (dispute === undefined) throw new Error(`no dispute ${providerDisputeId}`)
    this.disputes.set(providerDisputeId, { ...dispute, ...change })
    this.sendEvent('dispute', providerDisputeId)
  }

  /** What evidence was submitted, in its order. */
  readonly submissions: SubmitEvidence[] = []
  evidenceFate: 'taken' | 'closed' | 'taken_unanswered' | 'rejected' | 'busy' = 'taken'

  async submitEvidence(order: SubmitEvidence): Promise<Answer<Dispute>> {
    this.calls.push('submitEvidence')
    const dispute = this.disputes.get(order.providerDisputeId)
    if (dispute === undefined) return notFound
    const fate = this.evidenceFate
    if (fate === 'closed') return { kind: 'declined', reason: 'evidence_closed' }
    if (fate === 'rejected') return { kind: 'rejected', reason: 'unauthenticated', retryable: false }
    if (fate === 'busy') return { kind: 'rejected', reason: 'rate_limited', retryable: true }
    this.submissions.push(order)
    const answered = { ...dispute, isAnswered: true }
    this.disputes.set(order.providerDisputeId, answered)
    return fate === 'taken' ? done(answered) : unanswered
  }

  private sendEvent(about: WebhookEvent['about'], objectId: string): void {
    this.events.push({ kind: 'event', eventId: `evt_${randomUUID()}`, about, objectId })
  }

  async listBalanceTransactions(): Promise<never> {
    throw new Error('nobody asks')
  }

  async listPayouts(): Promise<never> {
    throw new Error('nobody asks')
  }

  async listPayoutTransactions(): Promise<never> {
    throw new Error('nobody asks')
  }

  parseWebhook(): never {
    throw new Error('nobody asks')
  }
}

const done = <Value>(value: Value): Answer<Value> => ({ kind: 'done', value })
const notFound = { kind: 'rejected', reason: 'not_found', retryable: false } as const
const unanswered = { kind: 'ambiguous', reason: 'timeout' } as const

function found<Value>(value: Value | undefined): Answer<Value> {
  return value === undefined ? notFound : done(value)
}
