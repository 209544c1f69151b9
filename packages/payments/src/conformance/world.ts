import assert from 'node:assert/strict'
import { money } from '@droplock/rules/money'
import type {
  Answer,
  CreateIntent,
  CreateRefund,
  Intent,
  PaymentProvider,
} from '@droplock/rules/ports/payments'

export type PayerCard =
  | 'approve'
  | 'decline'
  | 'extra_step'
  | 'late'
  | 'refund_fails_later'
  | 'refund_is_slow'

export type Delivery = { readonly rawBody: Uint8Array; readonly headers: Headers }

/** A provider, and everything outside it that acts on it, for one test. */
export type PaymentsWorld = {
  readonly provider: PaymentProvider
  /** The same provider, called with a key that it does not know. */
  readonly withOtherKey: PaymentProvider
  /** Texts that must not appear in any answer. */
  readonly secrets: readonly string[]
  pay(intent: Intent, card: PayerCard): Promise<void>
  finishStep(intent: Intent, passed: boolean): Promise<void>
  /** Does what is due for an intent or a refund. */
  settle(objectId: string): Promise<void>
  /** The dispute's id. */
  openDispute(providerId: string): Promise<string>
  closeDispute(disputeId: string, won: boolean): Promise<void>
  /** Carries out the next change without an answer, however often the adapter repeats it. */
  loseNextAnswer(): Promise<void>
  /** Refuses the next change with a rate limit. */
  refuseNext(): Promise<void>
  /** The webhooks so far in the order of arrival, once none is in flight. */
  deliveries(): Promise<readonly Delivery[]>
  resend(eventId: string): Promise<void>
  now(): Date
  stop(): Promise<void>
}

type Case = (world: PaymentsWorld) => Promise<void>
export type Cases = Readonly<Record<string, Case>>

/** The value of an answer that must be `done`. */
export function done<Value>(answer: Answer<Value>): Value {
  if (answer.kind !== 'done') assert.fail(`${answer.kind}: ${answer.reason}`)
  return answer.value
}

let ids = 0

/** An id that no other call gets. */
function newId(what: string): string {
  ids += 1
  return `${what}-${ids}`
}

export function order(amountMinor = 6_900n, currency = 'USD'): CreateIntent {
  return {
    paymentId: newId('payment'),
    amount: money(amountMinor, currency),
    customerReference: 'account-1',
    metadata: { backorder: 'suite' },
  }
}

/** An intent that has been paid. */
export async function paid(
  world: PaymentsWorld,
  card: PayerCard = 'approve',
  amountMinor = 6_900n,
): Promise<Intent> {
  const intent = done(await world.provider.createIntent(order(amountMinor)))
  await world.pay(intent, card)
  return done(await world.provider.getIntent(intent.providerId))
}

export function refundOf(intent: Intent, amountMinor = intent.amount.amountMinor): CreateRefund {
  const amount = money(amountMinor, intent.amount.currency)
  return { refundId: newId('refund'), providerPaymentId: intent.providerId, amount }
}
