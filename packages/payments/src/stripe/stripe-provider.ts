import type {
  Answer,
  BalanceRange,
  CreateIntent,
  CreateRefund,
  Dispute,
  Intent,
  PaymentProvider,
  SubmitEvidence,
} from '@droplock/rules/ports/payments'
import { Stripe } from 'stripe'
import { toStripeAmount } from './amounts.ts'
import { answerTo, ask } from './answer.ts'
import {
  metadataNames,
  readDispute,
  readIntent,
  readMovement,
  readPayout,
  readRefund,
  takesEvidence,
} from './read.ts'
import { parseStripeWebhook } from './webhook.ts'

/** The version of the library's types. It is pinned so that neither an upgrade nor the account's default changes answers. */
const apiVersion = '2026-10-28.endive'

/**
 * The library does not retry: the caller has a row with the request, and retries from it with its own pauses and limit. (The
 * library still repeats a request once, with our key, when a kept-alive socket turns out to be closed.)
 */
const RETRIES_MAX = 0

/** Long, because a call that is cut short is ambiguous. Refunds are made in the background. */
const TIMEOUT_MS_DEFAULT = 30_000

/** Stripe's largest page. */
const PAGE_SIZE = 100

/** Pages of refunds of one payment. */
const REFUND_PAGES_MAX = 10

type StripeOptions = {
  readonly secretKey: string
  readonly webhookSecret: string
  /** For the payer's browser: returned with every client secret. */
  readonly publishableKey?: string
  readonly timeoutMs?: number
  /** A server that speaks Stripe's protocol, in place of Stripe. For tests. */
  readonly server?: { readonly host: string; readonly port: number; readonly protocol: 'http' | 'https' }
}

/** Stripe as a payment provider. */
export function createStripeProvider(options: StripeOptions): PaymentProvider {
  const stripe = new Stripe(options.secretKey, {
    apiVersion,
    maxNetworkRetries: RETRIES_MAX,
    timeout: options.timeoutMs ?? TIMEOUT_MS_DEFAULT,
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
    submitEvidence: (order) => submitEvidence(stripe, order),
    listBalanceTransactions: (range, cursor) =>
      ask(() => listMovements(stripe, { created: createdIn(range) }, cursor)),
    listPayouts: (range, cursor) => ask(() => listPayouts(stripe, range, cursor)),
    listPayoutTransactions: (payout, cursor) => ask(() => listPaidOut(stripe, payout, cursor)),
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
        // Cards only: a method that settles days later cannot secure a name that drops today.
        allowed_payment_method_types: ['card'],
        metadata: { ...order.metadata, [payment]: order.paymentId, [customer]: order.customerReference },
      },
      { idempotencyKey: order.paymentId },
    )
    return readIntent(intent, publishableKey)
  })
}

/**
 * Without an idempotency key: with one, Stripe would repeat a first refusal (the bank was processing) for a day, long after
 * the payment could be cancelled. Cancelling twice does no harm.
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

/** Reads the payment's list of refunds, which has a refund at once. Stripe's search by metadata lags a minute behind. */
async function findRefund(stripe: Stripe, order: Pick<CreateRefund, 'refundId' | 'providerPaymentId'>) {
  let after: string | undefined
  for (let page = 0; page < REFUND_PAGES_MAX; page += 1) {
    const { data, has_more } = await stripe.refunds.list({
      payment_intent: order.providerPaymentId,
      limit: PAGE_SIZE,
      ...(after === undefined ? {} : { starting_after: after }),
    })
    const found = data.find(({ metadata }) => metadata?.[metadataNames.refund] === order.refundId)
    if (found !== undefined) return readRefund(found)
    after = data.at(-1)?.id
    if (!has_more) return undefined
  }
  throw new RangeError('the payment has more refunds than are searched')
}

/** A refusal has no code of its own: whether the dispute still takes evidence shows what it was about. */
async function submitEvidence(
  stripe: Stripe,
  { submissionId, providerDisputeId, evidence }: SubmitEvidence,
): Promise<Answer<Dispute>> {
  const answer = await ask(async () => {
    const update = { evidence, submit: true }
    return readDispute(
      await stripe.disputes.update(providerDisputeId, update, { idempotencyKey: submissionId }),
    )
  })
  if (answer.kind !== 'rejected' || answer.reason !== 'invalid') return answer
  const current = await ask(() => stripe.disputes.retrieve(providerDisputeId))
  const isClosed = current.kind === 'done' && !takesEvidence(current.value, Date.now())
  return isClosed ? { kind: 'declined', reason: 'evidence_closed' } : answer
}

async function listMovements(
  stripe: Stripe,
  of: Pick<Stripe.BalanceTransactionListParams, 'created' | 'payout'>,
  cursor?: string,
) {
  const { data, has_more } = await stripe.balanceTransactions.list({
    ...of,
    ...pageFrom(cursor),
    expand: ['data.source'],
  })
  return { transactions: data.map(readMovement), ...nextCursor(data, has_more) }
}

/** Stripe lists the movement of the payout itself among those that it pays out. */
async function listPaidOut(stripe: Stripe, payout: string, cursor?: string) {
  const { transactions, ...rest } = await listMovements(stripe, { payout }, cursor)
  return { transactions: transactions.filter(({ objectId }) => objectId !== payout), ...rest }
}

async function listPayouts(stripe: Stripe, range: BalanceRange, cursor?: string) {
  const { data, has_more } = await stripe.payouts.list({ created: createdIn(range), ...pageFrom(cursor) })
  return { payouts: data.map(readPayout), ...nextCursor(data, has_more) }
}

function pageFrom(cursor: string | undefined) {
  return { limit: PAGE_SIZE, ...(cursor === undefined ? {} : { starting_after: cursor }) }
}

function nextCursor(data: readonly { readonly id: string }[], hasMore: boolean) {
  const last = data.at(-1)?.id
  return hasMore && last !== undefined ? { cursor: last } : {}
}

/** Stripe counts whole seconds. Both ends are rounded up, so that adjacent ranges neither share nor miss a movement. */
function createdIn({ from, to }: BalanceRange) {
  return { gte: secondsUp(from), lt: secondsUp(to) }
}

function secondsUp(date: Date): number {
  return Math.ceil(date.getTime() / 1_000)
}
