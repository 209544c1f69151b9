import { Stripe } from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { done, order, refundOf } from '../../src/conformance/world.ts'
import { type StandIn, startStandIn } from '../../src/stand-in/start-stand-in.ts'
import { createStripeProvider } from '../../src/stripe/stripe-provider.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { secretKey, webhookSecret } from '../support/stripe-world.ts'

let receiver: Receiver
let standIn: StandIn
beforeEach(async () => {
  receiver = await startReceiver()
  standIn = await startStandIn({ secretKey, webhookSecret, webhookUrl: receiver.url })
})
afterEach(async () => {
  await standIn.stop()
  await receiver.stop()
})

const provide = (timeoutMs?: number) =>
  createStripeProvider({
    secretKey,
    webhookSecret,
    server: standIn.server,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })

async function paidIntent() {
  const provider = provide()
  const { providerId } = done(await provider.createIntent(order()))
  standIn.act({ do: 'confirm', intentId: providerId, card: 'approve' })
  return done(await provider.getIntent(providerId))
}

test('every change has our id as its idempotency key, and every request the pinned version', async () => {
  const wanted = order()
  const { providerId } = done(await provide().createIntent(wanted))
  standIn.act({ do: 'confirm', intentId: providerId, card: 'approve' })
  const intent = done(await provide().getIntent(providerId))
  const back = refundOf(intent)
  done(await provide().refund(back))
  expect(standIn.seen.map(({ method, path, key }) => [method, path, key])).toEqual([
    ['POST', '/v1/payment_intents', wanted.paymentId],
    ['GET', `/v1/payment_intents/${providerId}`, undefined],
    ['POST', '/v1/refunds', back.refundId],
  ])
  expect(new Set(standIn.seen.map(({ version }) => version))).toEqual(new Set(['2026-10-28.endive']))
})

test('a second request for a payment in progress is ambiguous', async () => {
  const wanted = order()
  const { reached, release } = standIn.hold()
  const first = provide().createIntent(wanted)
  await reached
  expect(await provide().createIntent(wanted)).toMatchObject({ kind: 'ambiguous', reason: 'in_progress' })
  release()
  const intent = done(await first)
  expect(done(await provide().createIntent(wanted))).toEqual(intent)
  expect(standIn.books.intents.size).toBe(1)
})

test('after a connection that closed once, the library repeats the request with the same key', async () => {
  const wanted = order()
  standIn.faults.plan('lose_answer')
  done(await provide().createIntent(wanted))
  expect(standIn.seen.map(({ key }) => key)).toEqual([wanted.paymentId, wanted.paymentId])
  expect(standIn.books.intents.size).toBe(1)
})

test('a time-out after the refund was made is ambiguous, and the same request again returns that refund', async () => {
  const wanted = refundOf(await paidIntent())
  standIn.faults.plan('never_answer')
  expect(await provide(3_000).refund(wanted)).toEqual({ kind: 'ambiguous', reason: 'timeout' })
  expect(standIn.books.refunds.size).toBe(1)
  const found = done(await provide().findRefund(wanted))
  expect(done(await provide().refund(wanted))).toEqual(found)
  expect(standIn.books.refunds.size).toBe(1)
})

test('a server error is repeated for the same key, and the list of refunds shows what was done', async () => {
  const intent = await paidIntent()
  const undone = refundOf(intent, 100n)
  standIn.faults.plan('fail_before')
  for (const _ of [1, 2]) {
    expect(await provide().refund(undone)).toMatchObject({ kind: 'ambiguous', reason: 'server_error' })
  }
  expect(done(await provide().findRefund(undone))).toBeUndefined()
  const made = refundOf(intent, 200n)
  standIn.faults.plan('fail_after')
  for (const _ of [1, 2]) {
    expect(await provide().refund(made)).toMatchObject({ kind: 'ambiguous', reason: 'server_error' })
  }
  expect(done(await provide().findRefund(made))).toMatchObject({
    refundId: made.refundId,
    state: 'succeeded',
  })
  expect(standIn.books.refunds.size).toBe(1)
})

test('a refund among more than a page of others is found', async () => {
  const intent = await paidIntent()
  const wanted = refundOf(intent, 1n)
  done(await provide().refund(wanted))
  for (let count = 0; count < 120; count += 1) {
    standIn.act({ do: 'refund', intentId: intent.providerId, amountMinor: '1', metadata: {} })
  }
  expect(done(await provide().findRefund(wanted))?.refundId).toBe(wanted.refundId)
})

test('the object of a webhook that arrives before the answer can be read already', async () => {
  const provider = provide()
  standIn.faults.plan('webhook_first')
  const release = receiver.hold()
  let answered = false
  const answer = provider.createIntent(order()).finally(() => {
    answered = true
  })
  await expect.poll(() => receiver.deliveries.length, { timeout: 10_000 }).toBe(1)
  const [delivery] = receiver.deliveries
  if (delivery === undefined) throw new Error('no webhook')
  const event = provider.parseWebhook(delivery.rawBody, delivery.headers, new Date())
  if (event.kind !== 'event') throw new Error(event.reason)
  const seenEarly = done(await provider.getIntent(event.objectId))
  expect(answered).toBe(false)
  release()
  expect(done(await answer)).toEqual(seenEarly)
})

test('an event of the test mode is rejected by a live account', async () => {
  done(await provide().createIntent(order()))
  await standIn.webhooksIdle()
  const [delivery] = receiver.deliveries
  if (delivery === undefined) throw new Error('no webhook')
  const live = createStripeProvider({ secretKey: 'sk_live_abc', webhookSecret, server: standIn.server })
  expect(live.parseWebhook(delivery.rawBody, delivery.headers, new Date())).toEqual({
    kind: 'rejected',
    reason: 'wrong_mode',
  })
})

test('a signed body that is not an event is unreadable', async () => {
  for (const payload of ['{}', 'no json', '{"id":"evt_1","type":"x","livemode":false,"data":{}}']) {
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret })
    const headers = new Headers({ 'stripe-signature': signature })
    const verdict = provide().parseWebhook(new TextEncoder().encode(payload), headers, new Date())
    expect(verdict).toEqual({ kind: 'rejected', reason: 'unreadable' })
  }
})

test('an amount that Stripe cannot hold is refused before anything is sent', async () => {
  const answer = await provide().createIntent(order(500n, 'UGX'))
  expect(answer).toEqual({ kind: 'rejected', reason: 'amount_unsupported', retryable: false })
  expect(await provide().createIntent(order(1n, 'USD'))).toMatchObject({ reason: 'amount_unsupported' })
  expect(standIn.seen.length).toBe(1)
})

test.each(['drop', 'double', 'alter'] as const)(
  'books that were tampered with (%s) are listed as they are',
  async (how) => {
    const { providerId } = await paidIntent()
    const [movement] = standIn.books.movements
    standIn.act({ do: 'tamper', movementId: movement?.id ?? '', how })
    const range = { from: new Date(0), to: new Date(Date.now() + 86_400_000) }
    const { transactions } = done(await provide().listBalanceTransactions(range))
    expect(transactions.map(({ objectId, settled }) => [objectId, settled.amountMinor])).toEqual(
      {
        drop: [],
        double: [
          [providerId, 6_900n],
          [providerId, 6_900n],
        ],
        alter: [[providerId, 6_901n]],
      }[how],
    )
  },
)
