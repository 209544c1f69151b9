import type {
  Answer,
  BalanceRange,
  CreateIntent,
  CreateRefund,
  Intent,
  PaymentProvider,
} from '@droplock/rules/ports/payments'
import { Stripe } from 'stripe'
import { toStripeAmount } from './amounts.ts'
import { answerTo, ask } from './answer.ts'
import { metadataNames, readDispute, readIntent, readMovement, readRefund } from './read.ts'
import { parseStripeWebhook } from './webhook.ts'

/** The version the library's types are of. Pinned, so that neither an upgrade nor the account's default changes answers. */
const apiVersion = '2026-10-28.endive'

/**
 * The library does not repeat on its own: whoever calls has a row that says what was asked, repeats from it with a pause of
 * its own, and counts. (A request on a kept-alive socket that turns out closed is still repeated once, under our key.)
 */
const retriesMax = 0

/** Cutting a call short makes a doubt of it, so this is long; refunds wait in the background anyway. Milliseconds. */
const timeoutMsDefault = 30_000

/** The most that Stripe gives in one page. */
const pageSize = 100

/** Pages of refunds of one payment: nobody splits a payment into more. */
const refundPagesMax = 10

type StripeOptions = {
  readonly secretKey: string
  readonly webhookSecret: string
  /** For the payer's browser: told beside every client secret. */
  readonly publishableKey?: string
  readonly timeoutMs?: number
  /** Where Stripe's protocol is spoken instead of Stripe's own host. For tests. */
  readonly server?: { readonly host: string; readonly port: number; readonly protocol: 'http' | 'https' }
}

/** Stripe behind the payments port. Both secrets stay in here. */
export function createStripeProvider(options: StripeOptions): PaymentProvider {
  const stripe = new Stripe(options.secretKey, {
    apiVersion,
    maxNetworkRetries: retriesMax,
    timeout: options.timeoutMs ?? timeoutMsDefault,
    telemetry: false,
    ...options.server,
  })
  const webhook = { secret: options.webhookSecret, live: /^[sr]k_live_/.test(options.secretKey) }
  const { publishableKey } = options
  return {
    name: 'stripe',
    createIntent: (order) => createIntent(stripe, order, publishableKey),
    getIntent: (id) => ask(async () => readIntent(await stripe.paymentIntents.retrieve(id), publishableKey)),
    cancelIntent: (id) => cancelIntent(stripe, id),
    refund: (order) => refund(stripe, order),
    getRefund: (id) => ask(async () => readRefund(await stripe.refunds.retrieve(id))),
    findRefund: (order) => ask(() => findRefund(stripe, order)),
    getDispute: (id) => ask(async () => readDispute(await stripe.disputes.retrieve(id))),
    listBalanceTransactions: (range, cursor) => ask(() => listMovements(stripe, range, cursor)),
    parseWebhook: (rawBody, headers, now) => parseStripeWebhook(webhook, rawBody, headers, now),
  }
}

const unsupported = { kind: 'rejected', reason: 'amount_unsupported', retryable: false } as const

async function createIntent(
  stripe: Stripe,
  order: CreateIntent,
  publishableKey: string | undefined,
): Promise<Answer<Intent>> {
  const amount = toStripeAmount(order.amount)
  if (amount === undefined) return unsupported
  const { payment, customer } = metadataNames
  return ask(async () => {
    const intent = await stripe.paymentIntents.create(
      {
        amount,
        currency: order.amount.currency.toLowerCase(),
        // Cards only: what settles days later can't secure a name that drops today.
        allowed_payment_method_types: ['card'],
        metadata: { ...order.metadata, [payment]: order.paymentId, [customer]: order.customerReference },
      },
      { idempotencyKey: order.paymentId },
    )
    return readIntent(intent, publishableKey)
  })
}

/**
 * Without a key of ours: under one, Stripe would tell the first refusal (a bank was at work) again for a day, long after the
 * payment could be cancelled. Cancelling twice does no harm.
 */
async function cancelIntent(stripe: Stripe, id: string): Promise<Answer<Intent>> {
  try {
    return { kind: 'done', value: readIntent(await stripe.paymentIntents.cancel(id)) }
  } catch (error) {
    const isRefused =
      error instanceof Stripe.errors.StripeError && error.code === 'payment_intent_unexpected_state'
    if (!isRefused) return answerTo(error)
    const current = error.payment_intent
    if (current?.status === 'canceled') return { kind: 'done', value: readIntent(current) }
    return { kind: 'declined', reason: 'not_cancelable' }
  }
}

async function refund(stripe: Stripe, order: CreateRefund) {
  const amount = toStripeAmount(order.amount)
  if (amount === undefined) return unsupported
  return ask(async () =>
    readRefund(
      await stripe.refunds.create(
        {
          payment_intent: order.providerPaymentId,
          amount,
          metadata: { [metadataNames.refund]: order.refundId },
        },
        { idempotencyKey: order.refundId },
      ),
    ),
  )
}

/** By the payment's list of refunds, which shows a refund as soon as it is made; a search by metadata lags a minute. */
async function findRefund(stripe: Stripe, order: Pick<CreateRefund, 'refundId' | 'providerPaymentId'>) {
  let after: string | undefined
  for (let page = 0; page < refundPagesMax; page += 1) {
    const { data, has_more } = await stripe.refunds.list({
      payment_intent: order.providerPaymentId,
      limit: pageSize,
      ...(after === undefined ? {} : { starting_after: after }),
    })
    const found = data.find(({ metadata }) => metadata?.[metadataNames.refund] === order.refundId)
    if (found !== undefined) return readRefund(found)
    after = data.at(-1)?.id
    if (!has_more) return undefined
  }
  throw new RangeError('a payment with more refunds than are looked through')
}

async function listMovements(stripe: Stripe, { from, to }: BalanceRange, cursor?: string) {
  const { data, has_more } = await stripe.balanceTransactions.list({
    created: { gte: secondsUp(from), lt: secondsUp(to) },
    limit: pageSize,
    expand: ['data.source'],
    ...(cursor === undefined ? {} : { starting_after: cursor }),
  })
  const last = data.at(-1)?.id
  return { transactions: data.map(readMovement), ...(has_more && last !== undefined ? { cursor: last } : {}) }
}

/** Stripe counts whole seconds. Rounding both ends up keeps ranges that meet from sharing or losing a movement. */
function secondsUp(date: Date): number {
  return Math.ceil(date.getTime() / 1_000)
}
