import { money } from '@droplock/rules/money'
import type { Answer, Intent, PaymentProvider } from '@droplock/rules/ports/payments'
import { Refusal } from '@droplock/rules/refusals'
import type { AccountContext, Context } from '../context.ts'
import { type PaymentView, selectPayments, toPaymentView } from '../payments/read.ts'
import { applyIntent } from './apply-intent.ts'

/**
 * The provider's word on a payment that the caller has just opened: what was opened stands, whatever comes of this, for the
 * worker asks again. No scope of its own: opening it needed one. Not in a transaction. Throws Refusal('payment_not_found').
 */
export async function askForOpened(
  ctx: AccountContext,
  provider: PaymentProvider,
  paymentId: string,
): Promise<AskedPayment> {
  const row = await selectPayments(ctx).where('payment.id', '=', paymentId).executeTakeFirst()
  if (row === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id: paymentId })
  const payment = toPaymentView(row)
  return { ...payment, ...(await askForSecret(ctx, provider, payment)) }
}

/** How long a caller waits for the provider; what it has not got by then is read later. Milliseconds. */
const PROVIDER_MS_MAX = 5_000

export type Asked = {
  /** Lets its bearer pay. A secret: for the payer's browser, never for logs. */
  readonly clientSecret?: string
  /** With the secret: whose it is, and what else the payer's browser needs there. */
  readonly provider?: PaymentProvider['name']
  readonly publishableKey?: string
  readonly payUrl?: string
  /** Why there is no secret though the payment can be paid. */
  readonly trouble?: string
}

export type AskedPayment = PaymentView & Asked

/** The secret of a payment that can still be paid. Never throws: without an answer there is none, and why is told. */
export async function askForSecret(
  ctx: AccountContext,
  provider: PaymentProvider,
  payment: PaymentView,
  providerMsMax = PROVIDER_MS_MAX,
): Promise<Asked> {
  if (!payment.payable) return {}
  // Once the provider's id is known it is asked by that: under its key a first answer may be told again, which is old by now.
  const asked =
    payment.providerId === null
      ? createIntent(ctx, provider, payment.id)
      : provider.getIntent(payment.providerId)
  try {
    return secretOf(provider.name, await within(providerMsMax, asked))
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : 'thrown' }
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

/** What `work` gives, or nothing when it is not done in time; it goes on by itself then, and what it says is applied. */
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
 * Asks the provider for a card payment that was opened, under its own id, so that any number of tries make one. What the
 * provider says is applied; the answer's `clientSecret` is for the payer alone and kept nowhere. Not in a transaction. Throws
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
