import { money } from '@droplock/rules/money'
import type { Answer, Intent, PaymentProvider } from '@droplock/rules/ports/payments'
import { Refusal } from '@droplock/rules/refusals'
import type { AccountContext, Context } from '../context.ts'
import { type PaymentView, readOpened } from '../payments/read.ts'
import { applyIntent } from './apply-intent.ts'

/**
 * Asks the provider for a payment that the caller has just opened, and returns it with its client secret. The payment stays open
 * whatever the answer is, because the worker asks again. Needs no scope: opening did. Not in a transaction. Throws
 * Refusal('payment_not_found').
 */
export async function askForOpened(
  ctx: AccountContext,
  provider: PaymentProvider,
  paymentId: string,
): Promise<AskedPayment> {
  const payment = await readOpened(ctx, paymentId)
  return { ...payment, ...(await askForSecret(ctx, provider, payment)) }
}

/** How long a caller waits for the provider; without an answer by then it reads the payment later. Milliseconds. */
const PROVIDER_MS_MAX = 5_000

export type Asked = {
  /** Anyone who has it can pay. For the payer's browser, never for logs. */
  readonly clientSecret?: string
  /** With the secret: the provider, and what else the payer's browser needs there. */
  readonly provider?: PaymentProvider['name']
  readonly publishableKey?: string
  readonly payUrl?: string
  /** Why a payable payment has no secret. */
  readonly trouble?: string
}

export type AskedPayment = PaymentView & Asked

/** The client secret of a payment that can still be paid. Never throws: without an answer it returns `trouble` instead. */
export async function askForSecret(
  ctx: AccountContext,
  provider: PaymentProvider,
  payment: PaymentView,
  providerMsMax = PROVIDER_MS_MAX,
): Promise<Asked> {
  if (!payment.payable) return {}
  // Asked by the provider's id once it is known: under the idempotency key the provider may repeat its first answer, which is old.
  const asked =
    payment.providerId === null
      ? createIntent(ctx, provider, payment.id)
      : provider.getIntent(payment.providerId)
  try {
    return secretOf(provider.name, await within(providerMsMax, asked))
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) }
  }
}

function secretOf(provider: PaymentProvider['name'], answer: Answer<Intent> | undefined): Asked {
  if (answer === undefined) return { trouble: 'no answer in time' }
  if (answer.kind !== 'done') return { trouble: `${answer.kind}: ${answer.reason}` }
  const { clientSecret, publishableKey, payUrl } = answer.value
  if (clientSecret === undefined) return {}
  return {
    provider,
    clientSecret,
    ...(publishableKey === undefined ? {} : { publishableKey }),
    ...(payUrl === undefined ? {} : { payUrl }),
  }
}

/** The result of `work`, or undefined when it takes longer than `msMax`; the work goes on, and its answer is still applied. */
async function within<Value>(msMax: number, work: Promise<Value>): Promise<Value | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), msMax)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Asks the provider for a card payment that was opened. Its id is the idempotency key, so any number of requests make one payment. The
 * answer is applied; its `clientSecret` is for the payer alone and is not stored. Not in a transaction. Throws
 * Refusal('payment_not_found').
 */
export async function createIntent(
  ctx: Context,
  provider: PaymentProvider,
  paymentId: string,
): Promise<Answer<Intent>> {
  const payment = await ctx.db
    .selectFrom('payment')
    .select(['id', 'account_id', 'purpose', 'amount_minor', 'currency'])
    .where('id', '=', paymentId)
    .where('method', '=', 'card')
    .executeTakeFirst()
  if (payment === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id: paymentId })
  const answer = await provider.createIntent({
    paymentId: payment.id,
    amount: money(payment.amount_minor, payment.currency),
    customerReference: payment.account_id,
    metadata: { purpose: payment.purpose },
  })
  if (answer.kind === 'done') await applyIntent(ctx, provider.name, answer.value)
  return answer
}
