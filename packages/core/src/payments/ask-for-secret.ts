import type { Answer, Intent, PaymentProvider } from '@droplock/rules/ports/payments'
import type { AccountContext } from '../context.ts'
import { createIntent } from './create-intent.ts'
import type { PaymentView } from './view.ts'

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
