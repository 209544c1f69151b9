import { createHmac } from 'node:crypto'
import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { describe, expect, onTestFinished, test } from 'vitest'
import { servedFrom } from '../src/gateway.ts'
import { answering, createTestApp } from './support/app.ts'
import {
  sandboxWebhookSecret,
  stripeWebhookSecret,
  useSandboxWorld,
  useStripeWorld,
} from './support/card-world.ts'
import { expectProblem } from './support/refuses.ts'
import { givenCustomer } from './support/world.ts'

const world = useSandboxWorld()
const stripe = useStripeWorld()

const path = '/webhooks/payments/test'
const sandboxHeader = 'droplock-sandbox-signature'
const anEvent = (id: string) =>
  JSON.stringify({ id, about: 'payment', object: 'pi_none', created_at: new Date().toISOString() })

/** A delivery with its signature, as both providers sign: over the time and the body. */
function delivery(header: string, secret: string, body: string, at = Date.now()) {
  const t = Math.floor(at / 1_000)
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')
  return { method: 'POST', path, body, headers: { [header]: `t=${t},v1=${v1}` } }
}

const fromSandbox = (body: string, at?: number) => delivery(sandboxHeader, sandboxWebhookSecret, body, at)

function stored(id: string) {
  return world().ctx.db.selectFrom('provider_event').selectAll().where('event_id', '=', id).execute()
}

test('an event is stored and answered at once, without a key, and the worker does the rest', async () => {
  const response = await world().send(fromSandbox(anEvent('evt_one')))
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
  expect(await stored('evt_one')).toMatchObject([
    { provider: 'sandbox', about: 'payment', object_id: 'pi_none', handled_at: null },
  ])
})

test('an event that comes twice is taken twice and stored once', async () => {
  const { send, logged } = world()
  for (const _ of [1, 2]) expect((await send(fromSandbox(anEvent('evt_twice')))).status).toBe(200)
  expect(await stored('evt_twice')).toHaveLength(1)
  const lines = logged().filter((line) => JSON.stringify(line).includes('evt_twice'))
  expect(lines).toMatchObject([{ is_new: true }, { is_new: false }])
})

test('money whose event comes again and again is credited once', async () => {
  const { ctx, send, pay, resend, work } = world()
  const { key } = await givenCustomer(ctx, { balanceMinor: 0n })
  const made = await send({ method: 'POST', path: '/v1/top-ups', body: { amount_minor: 700 }, key })
  await pay((await made.json()) as { client_secret: string }, 'approve')
  await work()
  const events = await ctx.db
    .selectFrom('provider_event')
    .select('event_id')
    .where('object_id', '<>', 'pi_none')
    .execute()
  for (const { event_id: id } of events) await resend(id)
  await work()
  const balance = await send({ path: '/v1/balance', key })
  expect(await balance.json()).toMatchObject({ balance: { amount_minor: 700 } })
})

test('the log event of a delivery names provider, event and kind of object, and nothing of the body or the signature', async () => {
  const { send, logged } = world()
  const sent = fromSandbox(anEvent('evt_logged'))
  await send(sent)
  const lines = logged().filter((line) => JSON.stringify(line).includes('evt_logged'))
  expect(lines).toMatchObject([
    { route: '/webhooks/payments/:mode', status: 200, mode: 'test', provider: 'sandbox', about: 'payment' },
  ])
  expect(JSON.stringify(lines)).not.toContain('pi_none')
  expect(JSON.stringify(lines)).not.toContain(sent.headers[sandboxHeader])
})

describe('what is not the word of the provider is refused and stores nothing', () => {
  test.each([
    ['without a signature', 'no_signature', () => ({ ...fromSandbox(anEvent('evt_bad')), headers: {} })],
    [
      'signed with another key',
      'bad_signature',
      () => delivery(sandboxHeader, 'a guess', anEvent('evt_bad')),
    ],
    [
      'changed by one octet',
      'bad_signature',
      () => ({ ...fromSandbox(anEvent('evt_bad')), body: `${anEvent('evt_bad')} ` }),
    ],
    ['recorded an hour ago', 'too_old', () => fromSandbox(anEvent('evt_bad'), Date.now() - 3_600_000)],
    [
      'signed an hour ahead',
      'from_the_future',
      () => fromSandbox(anEvent('evt_bad'), Date.now() + 3_600_000),
    ],
    ['signed, and no event', 'unreadable', () => fromSandbox('{"id": "evt_bad"}')],
  ])('%s', async (_, rejected, ask) => {
    const { send, logged } = world()
    await expectProblem(await send(ask()), 'webhook_rejected')
    expect(logged().at(-1)).toMatchObject({ status: 400, code: 'webhook_rejected', rejected })
    expect(await stored('evt_bad')).toEqual([])
  })
})

test('an event about something that is nothing to us is stored too', async () => {
  const body = JSON.stringify({
    id: 'evt_other',
    type: 'customer.created',
    livemode: false,
    data: { object: { id: 'cus_1', object: 'customer' } },
  })
  const { send, ctx } = stripe()
  expect((await send(delivery('stripe-signature', stripeWebhookSecret, body))).status).toBe(200)
  const row = ctx.db.selectFrom('provider_event').selectAll().where('event_id', '=', 'evt_other')
  expect(await row.executeTakeFirst()).toMatchObject({ provider: 'stripe', about: 'other' })
})

test('an event of live money is not taken by the test database', async () => {
  const body = JSON.stringify({
    id: 'evt_live',
    type: 'payment_intent.succeeded',
    livemode: true,
    data: { object: { id: 'pi_1', object: 'payment_intent' } },
  })
  const { send } = stripe()
  await expectProblem(await send(delivery('stripe-signature', stripeWebhookSecret, body)), 'webhook_rejected')
})

test.each(['live', 'toString', 'Test'])('the mode %s, which is not served, is not there', async (mode) => {
  const ask = { ...fromSandbox(anEvent('evt_nowhere')), path: `/webhooks/payments/${mode}` }
  await expectProblem(await world().send(ask), 'not_found')
})

test('a mode without a provider takes no events', async () => {
  const { send } = createTestApp({ test: servedFrom(world().ctx) })
  await expectProblem(await send(fromSandbox(anEvent('evt_nobody'))), 'not_found')
})

test('a body that is larger than any event is not read', async () => {
  await expectProblem(await world().send(fromSandbox('x'.repeat(300_000))), 'request_too_large')
})

test('only POST is there', async () => {
  const response = await world().send({ path })
  await expectProblem(response, 'method_not_allowed')
  expect(response.headers.get('Allow')).toBe('POST')
})

test('while the database is unavailable the provider is asked to send the event again', async () => {
  const db = openDatabase({
    url: 'postgresql://nobody@127.0.0.1:1/none',
    connectionsMax: 1,
    applicationName: 'test',
  })
  onTestFinished(() => db.destroy())
  const { send } = createTestApp({ test: servedFrom({ db, newId }, world().provider) })
  await expectProblem(await send(fromSandbox(anEvent('evt_away'))), 'unavailable')
})

test('an event that cannot be stored in time is answered with unavailable, so that it comes again', async () => {
  const served = { ...answering(() => new Promise<never>(() => undefined)), provider: world().provider }
  const { send } = createTestApp({ test: served }, { requestMsMax: 20 })
  await expectProblem(await send(fromSandbox(anEvent('evt_slow'))), 'unavailable')
})
