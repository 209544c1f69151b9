import assert from 'node:assert/strict'
import { money } from '@droplock/rules/money'
import type {
  Answer,
  BalanceTransaction,
  CreateIntent,
  CreateRefund,
  DisputeReason,
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
  /** The dispute's id. `dueInMs` may be negative: then its deadline has passed. */
  openDispute(
    providerId: string,
    terms?: { readonly reason?: DisputeReason; readonly dueInMs?: number },
  ): Promise<string>
  closeDispute(disputeId: string, won: boolean): Promise<void>
  /** Pays out everything of a currency; the payout's id. */
  payOut(currency: string): Promise<string>
  failPayout(payoutId: string): Promise<void>
  /** A fee that belongs to no payment. */
  chargeFee(amountMinor: bigint, currency: string): Promise<void>
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

/** How an answer ended. */
export function resultOf(answer: Answer<unknown>): readonly string[] {
  return answer.kind === 'done' ? ['done'] : [answer.kind, answer.reason]
}

const DAY_MS = 86_400_000

/** A day before now and after. */
export function aroundNow({ now }: PaymentsWorld) {
  const at = now().getTime()
  return { from: new Date(at - DAY_MS), to: new Date(at + DAY_MS) }
}

type ReadPage = (
  cursor?: string,
) => Promise<Answer<{ readonly transactions: readonly BalanceTransaction[]; readonly cursor?: string }>>

/** Every movement of a list, page by page. */
export async function allPages(readPage: ReadPage): Promise<readonly BalanceTransaction[]> {
  const all: BalanceTransaction[] = []
  let cursor: string | undefined
  do {
    const page = done(await readPage(cursor))
    all.push(...page.transactions)
    cursor = page.cursor
  } while (cursor !== undefined)
  return all
}

/** Every movement around now, newest first. */
export function movements(world: PaymentsWorld): Promise<readonly BalanceTransaction[]> {
  return allPages((cursor) => world.provider.listBalanceTransactions(aroundNow(world), cursor))
}
