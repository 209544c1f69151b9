import { money } from '@droplock/rules/money'
import type {
  Answer,
  BalanceRange,
  BalanceTransaction,
  Dispute,
  Intent,
  PaymentProvider,
  Payout,
  ProviderRefund,
} from '@droplock/rules/ports/payments'
import type { z } from 'zod'
import { type Caller, call } from './call.ts'
import {
  disputeView,
  intentView,
  movementsView,
  type movementView,
  payoutsView,
  type payoutView,
  refundsView,
  refundView,
} from './protocol.ts'
import { parseSandboxWebhook } from './signature.ts'

/** The sandbox runs on this machine or in this network. */
const TIMEOUT_MS_DEFAULT = 10_000

type SandboxProviderOptions = {
  readonly url: string
  readonly apiKey: string
  readonly webhookSecret: string
  readonly timeoutMs?: number
}

/** The sandbox as a payment provider. */
export function createSandboxProvider(options: SandboxProviderOptions): PaymentProvider {
  const { webhookSecret, timeoutMs = TIMEOUT_MS_DEFAULT, ...rest } = options
  const caller: Caller = { ...rest, timeoutMs }
  return {
    name: 'sandbox',
    ...intents(caller),
    ...refunds(caller),
    ...disputes(caller),
    ...balance(caller),
    parseWebhook: (rawBody, headers, now) => parseSandboxWebhook(webhookSecret, rawBody, headers, now),
  }
}

function intents(caller: Caller): Pick<PaymentProvider, 'createIntent' | 'getIntent' | 'cancelIntent'> {
  const schema = intentView
  const read = (view: z.output<typeof schema>) => readIntent(view, caller.url)
  return {
    createIntent: async ({ paymentId, amount, customerReference, metadata }) => {
      const body = {
        payment_id: paymentId,
        amount_minor: String(amount.amountMinor),
        currency: amount.currency,
        customer: customerReference,
        metadata,
      }
      const path = '/v1/intents'
      return mapDone(read, await call(caller, { method: 'POST', path, schema, body, key: paymentId }))
    },
    getIntent: async (id) =>
      mapDone(read, await call(caller, { method: 'GET', path: pathOf('/v1/intents', id), schema })),
    cancelIntent: async (id) => {
      const path = `${pathOf('/v1/intents', id)}/cancel`
      return mapDone(read, await call(caller, { method: 'POST', path, schema }, 'not_cancelable'))
    },
  }
}

function refunds(caller: Caller): Pick<PaymentProvider, 'refund' | 'getRefund' | 'findRefund'> {
  return {
    refund: async ({ refundId, providerPaymentId, amount }) => {
      const body = {
        refund_id: refundId,
        payment: providerPaymentId,
        amount_minor: String(amount.amountMinor),
        currency: amount.currency,
      }
      const order = { method: 'POST', path: '/v1/refunds', schema: refundView, body, key: refundId } as const
      return mapDone(readRefund, await call(caller, order))
    },
    getRefund: async (id) => {
      const path = pathOf('/v1/refunds', id)
      return mapDone(readRefund, await call(caller, { method: 'GET', path, schema: refundView }))
    },
    findRefund: async ({ refundId, providerPaymentId }) => {
      const path = `/v1/refunds?${new URLSearchParams({ payment: providerPaymentId })}`
      return mapDone(
        ({ refunds: all }) => {
          const found = all.find(({ refund_id }) => refund_id === refundId)
          return found && readRefund(found)
        },
        await call(caller, { method: 'GET', path, schema: refundsView }),
      )
    },
  }
}

function disputes(caller: Caller): Pick<PaymentProvider, 'getDispute' | 'submitEvidence'> {
  const schema = disputeView
  return {
    getDispute: async (id) =>
      mapDone(readDispute, await call(caller, { method: 'GET', path: pathOf('/v1/disputes', id), schema })),
    submitEvidence: async ({ submissionId: key, providerDisputeId, evidence }) => {
      const path = `${pathOf('/v1/disputes', providerDisputeId)}/evidence`
      return mapDone(
        readDispute,
        await call(caller, { method: 'POST', path, schema, body: { evidence }, key }),
      )
    },
  }
}

function balance(
  caller: Caller,
): Pick<PaymentProvider, 'listBalanceTransactions' | 'listPayouts' | 'listPayoutTransactions'> {
  const readMovements = async (query: Readonly<Record<string, string>>, cursor?: string) => {
    const path = listPath('/v1/movements', query, cursor)
    const answer = await call(caller, { method: 'GET', path, schema: movementsView })
    return mapDone(
      ({ movements, ...next }) => ({ transactions: movements.map(readMovement), ...nextCursor(next) }),
      answer,
    )
  }
  return {
    listBalanceTransactions: (range, cursor) => readMovements(rangeOf(range), cursor),
    listPayoutTransactions: (payout, cursor) => readMovements({ payout }, cursor),
    listPayouts: async (range, cursor) => {
      const path = listPath('/v1/payouts', rangeOf(range), cursor)
      const answer = await call(caller, { method: 'GET', path, schema: payoutsView })
      return mapDone(
        ({ payouts, ...next }) => ({ payouts: payouts.map(readPayout), ...nextCursor(next) }),
        answer,
      )
    },
  }
}

function rangeOf({ from, to }: BalanceRange) {
  return { from: from.toISOString(), to: to.toISOString() }
}

function listPath(path: string, query: Readonly<Record<string, string>>, cursor?: string): string {
  return `${path}?${new URLSearchParams({ ...query, ...(cursor === undefined ? {} : { cursor }) })}`
}

function nextCursor({ cursor }: { readonly cursor?: string | undefined }) {
  return cursor === undefined ? {} : { cursor }
}

function pathOf(path: string, id: string): string {
  return `${path}/${encodeURIComponent(id)}`
}

function mapDone<From, To>(read: (value: From) => To, answer: Answer<From>): Answer<To> {
  return answer.kind === 'done' ? { kind: 'done', value: read(answer.value) } : answer
}

function readIntent(view: z.output<typeof intentView>, url: string): Intent {
  return {
    providerId: view.id,
    paymentId: view.payment_id,
    state: view.state,
    amount: money(BigInt(view.amount_minor), view.currency),
    capturedMinor: BigInt(view.captured_minor),
    ...(view.decline_reason === undefined ? {} : { declineReason: view.decline_reason }),
    ...(view.client_secret === undefined
      ? {}
      : { clientSecret: view.client_secret, payUrl: payUrlOf(url, view.id, view.client_secret) }),
  }
}

function payUrlOf(url: string, id: string, clientSecret: string): string {
  const page = new URL(pathOf('/pay', id), url)
  page.searchParams.set('client_secret', clientSecret)
  return page.href
}

function readRefund(view: z.output<typeof refundView>): ProviderRefund {
  return {
    providerRefundId: view.id,
    refundId: view.refund_id,
    providerPaymentId: view.payment,
    state: view.state,
    amount: money(BigInt(view.amount_minor), view.currency),
  }
}

function readDispute(view: z.output<typeof disputeView>): Dispute {
  return {
    providerDisputeId: view.id,
    providerPaymentId: view.payment,
    state: view.state,
    amount: money(BigInt(view.amount_minor), view.currency),
    reason: view.reason,
    evidenceDueBy: new Date(view.evidence_due_by),
    isAnswered: view.is_answered,
  }
}

/** Every payout of the sandbox says what it pays out. */
function readPayout(view: z.output<typeof payoutView>): Payout {
  return {
    providerPayoutId: view.id,
    state: view.state,
    amount: money(BigInt(view.amount_minor), view.currency),
    createdAt: new Date(view.created_at),
    arrivesAt: new Date(view.arrives_at),
    isItemised: true,
  }
}

/** The sandbox settles in the currency of the payment: both amounts are the same. */
function readMovement(view: z.output<typeof movementView>): BalanceTransaction {
  const amount = money(BigInt(view.amount_minor), view.currency)
  return {
    id: view.id,
    kind: view.kind,
    ...(view.object === undefined ? {} : { objectId: view.object }),
    ...(view.kind === 'fee' || view.kind === 'payout' ? {} : { amount }),
    settled: amount,
    fee: money(BigInt(view.fee_minor), view.currency),
    createdAt: new Date(view.created_at),
  }
}
