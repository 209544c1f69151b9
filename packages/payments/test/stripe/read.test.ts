import type { Stripe } from 'stripe'
import { expect, test } from 'vitest'
import { startStandIn } from '../../src/stand-in/start-stand-in.ts'
import {
  readDispute,
  readIntent,
  readMovement,
  readPayout,
  readRefund,
  takesEvidence,
} from '../../src/stripe/read.ts'

/** The part of an object that is read. */
const dispute = (status: string, more: Partial<Stripe.Dispute> = {}) =>
  ({
    id: 'du_1',
    payment_intent: 'pi_1',
    status,
    amount: 100,
    currency: 'usd',
    reason: 'fraudulent',
    evidence_details: { due_by: 1_800_000_000, submission_count: 0 },
    ...more,
  }) as Stripe.Dispute
const intent = (status: string, more: Partial<Stripe.PaymentIntent> = {}) =>
  ({
    id: 'pi_1',
    metadata: {},
    amount: 100,
    amount_received: 0,
    currency: 'usd',
    client_secret: 'secret',
    last_payment_error: null,
    status,
    ...more,
  }) as Stripe.PaymentIntent
const refund = (status: string) =>
  ({
    id: 're_1',
    payment_intent: 'pi_1',
    metadata: null,
    status,
    amount: 100,
    currency: 'usd',
  }) as Stripe.Refund

test.each([
  ['warning_needs_response', 'inquiry'],
  ['warning_under_review', 'inquiry'],
  ['warning_closed', 'closed'],
  ['prevented', 'closed'],
  ['needs_response', 'open'],
  ['under_review', 'open'],
  ['appeal_under_review', 'open'],
  ['won', 'won'],
  ['lost', 'lost'],
  ['a status of next year', 'open'],
])('a dispute that is %s at Stripe is %s', (status, state) => {
  expect(readDispute(dispute(status)).state).toBe(state)
})

test.each([
  ['requires_payment_method', 'requires_action', 'secret'],
  ['requires_confirmation', 'requires_action', 'secret'],
  ['requires_action', 'requires_action', 'secret'],
  ['processing', 'processing', undefined],
  ['requires_capture', 'processing', undefined],
  ['canceled', 'canceled', undefined],
  ['succeeded', 'succeeded', undefined],
])(
  'an intent that %s at Stripe is %s, and only one that can be paid has a secret',
  (status, state, secret) => {
    const read = readIntent(intent(status))
    expect([read.state, read.clientSecret]).toEqual([state, secret])
  },
)

test('the publishable key goes with the client secret, and never without one', () => {
  const publishableKey = 'pk_test_1'
  expect(readIntent(intent('requires_action'), publishableKey)).toMatchObject({
    clientSecret: 'secret',
    publishableKey,
  })
  expect(readIntent(intent('succeeded'), publishableKey)).not.toHaveProperty('publishableKey')
})

test('a decline with an unknown code is a declined card', () => {
  const error = { type: 'card_error', code: 'something_new' } as Stripe.PaymentIntent.LastPaymentError
  const read = readIntent(intent('requires_payment_method', { last_payment_error: error }))
  expect([read.state, read.declineReason]).toEqual(['failed', 'card_declined'])
})

test.each([
  ['pending', 'processing'],
  ['requires_action', 'processing'],
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
])('a refund that is %s at Stripe is %s', (status, state) => {
  expect(readRefund(refund(status)).state).toBe(state)
})

test('a movement settled in another currency has both amounts', () => {
  const movement = {
    id: 'txn_1',
    amount: 955,
    currency: 'usd',
    fee: 58,
    created: 1_700_000_000,
    reporting_category: 'charge',
    source: { object: 'charge', id: 'ch_1', payment_intent: 'pi_1', amount: 6_900, currency: 'cny' },
  } as Stripe.BalanceTransaction
  expect(readMovement(movement)).toMatchObject({
    kind: 'payment',
    objectId: 'pi_1',
    amount: { amountMinor: 6_900n, currency: 'CNY' },
    settled: { amountMinor: 955n, currency: 'USD' },
  })
})

test('a fee or a payout has no amount that a customer saw', () => {
  const fee = {
    id: 'txn_1',
    amount: -5,
    currency: 'usd',
    fee: 0,
    created: 1,
    reporting_category: 'fee',
    source: null,
  }
  const read = readMovement(fee as Stripe.BalanceTransaction)
  expect([read.kind, read.amount, read.objectId]).toEqual(['fee', undefined, undefined])
})

test('the stand-in refuses a parameter it does not know, and a request without the key', async () => {
  const standIn = await startStandIn({ secretKey: 'sk_test_a', webhookSecret: 'whsec_a' })
  const { host, port } = standIn.server
  const post = (authorization: string, body: string) =>
    fetch(`http://${host}:${port}/v1/payment_intents`, { method: 'POST', headers: { authorization }, body })
  const unknown = await post('Bearer sk_test_a', 'amount=100&currency=usd&payment_method_types[0]=card')
  expect([unknown.status, await unknown.json()]).toMatchObject([
    400,
    { error: { code: 'parameter_unknown' } },
  ])
  expect((await post('Bearer other', 'amount=100&currency=usd')).status).toBe(401)
  expect(standIn.books.intents.size).toBe(0)
  await standIn.stop()
})

const details = (due_by: number | null, submission_count = 0) => {
  const evidence_details = { due_by, submission_count } as Stripe.Dispute.EvidenceDetails
  return { evidence_details }
}

test('a reason that is not ours is general, and a deadline of 0 is none', () => {
  expect(readDispute(dispute('needs_response', { reason: 'noncompliant', ...details(0) }))).toMatchObject({
    reason: 'general',
    isAnswered: false,
  })
  expect(readDispute(dispute('needs_response', details(0)))).not.toHaveProperty('evidenceDueBy')
  expect(readDispute(dispute('under_review', details(1_800_000_000, 1)))).toMatchObject({
    reason: 'fraudulent',
    evidenceDueBy: new Date(1_800_000_000_000),
    isAnswered: true,
  })
})

test('a dispute takes evidence once, before its deadline, while it needs a response', () => {
  const before = 1_799_999_999_999
  expect(takesEvidence(dispute('needs_response'), before)).toBe(true)
  expect(takesEvidence(dispute('needs_response'), before + 1)).toBe(false)
  expect(takesEvidence(dispute('needs_response', details(1_800_000_000, 1)), before)).toBe(false)
  expect(takesEvidence(dispute('needs_response', details(null)), before)).toBe(false)
  expect(takesEvidence(dispute('lost'), before)).toBe(false)
})

const payout = (reconciliation_status: string, status = 'paid') =>
  readPayout({
    id: 'po_1',
    amount: 100,
    currency: 'usd',
    created: 1,
    arrival_date: 2,
    status,
    reconciliation_status,
  } as Stripe.Payout)

test('a payout that people ordered at Stripe does not say what it pays out', () => {
  expect(payout('completed')).toMatchObject({ state: 'paid', isItemised: true, arrivesAt: new Date(2_000) })
  expect(payout('not_applicable').isItemised).toBe(false)
  expect(payout('in_progress', 'never_seen')).toMatchObject({ state: 'pending', isItemised: false })
})
