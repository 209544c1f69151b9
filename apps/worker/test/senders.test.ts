import type { DueDelivery } from '@droplock/core/deliveries/claim-due'
import type { Event } from '@droplock/core/events/feed'
import { webhookSecretKeyOf } from '@droplock/core/webhook-endpoints/secret'
import { createMemorySender } from '@droplock/mail/sender'
import { openPost, type WebhookPost } from '@droplock/webhooks/post'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { createMailSender, openSenders } from '../src/senders/senders.ts'
import { createWebhookSender } from '../src/senders/webhook-sender.ts'
import { type HookServer, isSigned, startHookServer } from './support/hook-server.ts'

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const running = new AbortController().signal

let hook: HookServer
let posting: WebhookPost
beforeEach(async () => {
  hook = await startHookServer()
  posting = openPost()
})
afterEach(() => Promise.all([hook.close(), posting.close()]))

const opened: Event<'alarm.opened'> = {
  id: 'an-event',
  position: 1n,
  topic: 'alarm.opened',
  accountId: null,
  subjectId: 'an-alarm',
  data: {
    id: 'an-alarm',
    kind: 'deposit_empty',
    severity: 'urgent',
    subject: 'verisign-1',
    facts: { code: 2104 },
    raised_at: '2026-11-27T22:00:00.000Z',
  },
  occurredAt: new Date('2026-11-27T22:00:00.000Z'),
}

function deliveryTo(address: string, kind: 'webhook' | 'mail', event: Event = opened): DueDelivery {
  const secretReference = kind === 'webhook' ? 'pager' : null
  return {
    id: 'a-delivery',
    attempts: 1,
    isProbe: false,
    event,
    receiver: { id: 'r', kind, address, secretReference, secrets: null, accountId: null },
  }
}

const post = (msMax?: number, address = hook.url) =>
  createWebhookSender({
    secrets: { pager: [secret] },
    post: posting.post,
    ...(msMax !== undefined && { msMax }),
  })(deliveryTo(address, 'webhook'), running)

test('a webhook is the event, signed with the receiver’s secret at the time of the attempt', async () => {
  expect(await post()).toEqual({ kind: 'delivered', status: 204, answer: '204' })
  const [received] = hook.received
  if (received === undefined) throw new Error('nothing was received')
  expect(JSON.parse(received.body)).toEqual({
    id: 'an-event',
    type: 'alarm.opened',
    timestamp: '2026-11-27T22:00:00.000Z',
    data: opened.data,
  })
  expect(received.headers).toMatchObject({ 'webhook-id': 'an-event', 'content-type': 'application/json' })
  const signedAt = Number(received.headers['webhook-timestamp']) * 1_000
  expect(Math.abs(received.at - signedAt)).toBeLessThan(60_000)
  expect(isSigned(received, secret)).toBe(true)
  expect(isSigned({ ...received, body: `${received.body} ` }, secret)).toBe(false)
})

test('while the secret of a receiver of ours is changed both sign', async () => {
  const next = `whsec_${Buffer.alloc(24, 8).toString('base64')}`
  const { DROPLOCK_WEBHOOK_SECRETS: secrets } = readConfig({
    DATABASE_URL: 'postgres://127.0.0.1/none',
    DROPLOCK_WEBHOOK_SECRETS: JSON.stringify({ pager: [next, secret], other: secret }),
  })
  expect(secrets).toEqual({ pager: [next, secret], other: [secret] })
  await createWebhookSender({ secrets, post: posting.post })(deliveryTo(hook.url, 'webhook'), running)
  const [received] = hook.received
  const headers = received?.headers as Record<string, string>
  for (const each of [secret, next])
    expect(new Webhook(each).verify(received?.body ?? '', headers)).toMatchObject({ id: 'an-event' })
})

test('without its secret nothing is sent', async () => {
  const result = await createWebhookSender({ secrets: { constructor: [secret] }, post: posting.post })(
    deliveryTo(hook.url, 'webhook'),
    running,
  )
  expect(result).toMatchObject({ kind: 'failed', failure: expect.stringContaining('"pager"') })
  expect(hook.received).toEqual([])
})

test('a redirect is not followed', async () => {
  hook.answer = (response) => response.writeHead(302, { location: `${hook.url}/elsewhere` }).end()
  expect(await post()).toMatchObject({ kind: 'failed', failure: 'answered 302', isFinal: false })
  expect(hook.received).toHaveLength(1)
})

test('an endpoint that is gone is not tried again', async () => {
  hook.answer = (response) => response.writeHead(410).end()
  expect(await post()).toMatchObject({ kind: 'failed', isFinal: true })
})

test('who says nothing is given up in time', async () => {
  hook.answer = () => undefined
  await expect(post(50)).rejects.toThrow('no answer within 0.05 seconds')
})

test('an event that was answered with 2xx is delivered, though the rest of the answer never comes', async () => {
  hook.answer = (response) => {
    response.writeHead(200)
    response.write('o')
  }
  expect(await post(5_000)).toMatchObject({ kind: 'delivered' })
})

test('of an answer without an end the beginning is read', async () => {
  const part = 'x'.repeat(400)
  hook.answer = (response) => {
    response.writeHead(500)
    const writing = setInterval(() => response.write(part), 1)
    response.once('close', () => clearInterval(writing))
  }
  const result = await post()
  expect(result).toMatchObject({ kind: 'failed', failure: 'answered 500' })
  expect(result.answer).toHaveLength('500 '.length + 1_000)
})

const keyText = 'a key for the tests of this file alone'

/** Sends to an account's endpoint as a worker with these settings does. */
async function sendToEndpoint(address: string, settings: Readonly<Record<string, string>>) {
  const { senders, close } = openSenders(
    readConfig({ DATABASE_URL: 'postgres://127.0.0.1/none', ...settings }),
  )
  const key = webhookSecretKeyOf(keyText)
  const to = deliveryTo(address, 'webhook')
  const secrets = [1, 2].map((octet) => ({ keyId: key.id, salt: Buffer.alloc(32, octet) }))
  try {
    const sending = senders.webhook?.({ ...to, receiver: { ...to.receiver, secrets } }, running)
    return await sending?.catch((error: unknown) => ({ kind: 'thrown', error }))
  } finally {
    await close()
  }
}

test.each([
  ['by http', (url: string) => url],
  ['at a private address', (url: string) => url.replace('http:', 'https:')],
  [
    'at one that is written otherwise',
    (url: string) => url.replace('http:', 'https:').replace('127.0.0.1', '[::ffff:7f00:1]'),
  ],
  ['at a name of one', (url: string) => url.replace('http:', 'https:').replace('127.0.0.1', 'localhost')],
])('a worker sends nothing to an endpoint %s, where development does not allow it', async (_, addressOf) => {
  const sent = await sendToEndpoint(addressOf(hook.url), { DROPLOCK_WEBHOOK_SECRET_KEY: keyText })
  expect(sent).toMatchObject({ kind: 'thrown', error: { message: /not allowed/ } })
  expect(hook.received).toEqual([])
})

test('an endpoint that development allows gets an event signed with each of its secrets', async () => {
  const settings = { DROPLOCK_WEBHOOK_SECRET_KEY: keyText, DROPLOCK_WEBHOOK_LOOPBACK: 'on' }
  expect(await sendToEndpoint(hook.url, settings)).toMatchObject({ kind: 'delivered' })
  const [received] = hook.received
  if (received === undefined) throw new Error('nothing was received')
  const headers = received.headers as Record<string, string>
  for (const salt of [1, 2]) {
    const derived = webhookSecretKeyOf(keyText).derive('r', Buffer.alloc(32, salt))
    expect(new Webhook(derived).verify(received.body, headers)).toMatchObject({ id: 'an-event' })
  }
})

test.each([{}, { DROPLOCK_WEBHOOK_SECRET_KEY: 'another key than that of its secrets' }])(
  'without the key of its secrets nothing is sent to an endpoint',
  async (settings) => {
    const sent = await sendToEndpoint(hook.url, { ...settings, DROPLOCK_WEBHOOK_LOOPBACK: 'on' })
    expect(sent).toMatchObject({ kind: 'failed', failure: /rotate the secret/ })
    expect(hook.received).toEqual([])
  },
)

test('a mail says which endpoint was disabled, why, since when, and how it is enabled again', async () => {
  const mails = createMemorySender()
  const disabled = {
    ...opened,
    topic: 'webhook_endpoint.disabled',
    accountId: 'an-account',
    subjectId: 'an-endpoint',
    data: {
      id: 'an-endpoint',
      url: 'https://shop.example.com/droplock',
      disabled_at: '2026-11-27T22:00:00.000Z',
      disabled_reason: 'failing',
      failing_since: '2026-11-22T21:59:00.000Z',
    },
  } as Event<'webhook_endpoint.disabled'>
  const send = createMailSender(mails, undefined)
  expect(await send(deliveryTo('anna@example.com', 'mail', disabled), running)).toMatchObject({
    kind: 'delivered',
  })
  expect(mails.sent).toEqual([
    {
      id: 'an-event',
      to: 'anna@example.com',
      subject: 'Your webhook endpoint was disabled: https://shop.example.com/droplock',
      text: `Your webhook endpoint https://shop.example.com/droplock was disabled at 2026-11-27 22:00:00 UTC. Nothing could be delivered to it for 5 days.

It has taken nothing since 2026-11-22 21:59:00 UTC.

No events are sent to it any more. To receive them again, enable it (PATCH /v1/webhook-endpoints/{id}) and have what it missed sent again (POST /v1/webhook-endpoints/{id}/recover), for up to 30 days.

Webhook endpoint: an-endpoint
`,
    },
  ])
})

test('a mail says what is wrong with what, what to do, and where', async () => {
  const mails = createMemorySender()
  const send = createMailSender(mails, 'https://console.example/')
  expect(await send(deliveryTo('anna@example.com', 'mail'), running)).toMatchObject({ kind: 'delivered' })
  expect(mails.sent).toEqual([
    {
      id: 'an-event',
      to: 'anna@example.com',
      subject: '[urgent] Registry deposit empty: verisign-1',
      text: `Registry deposit empty: verisign-1
Raised at 2026-11-27 22:00:00 UTC.

The registry refuses creates. Top up the deposit there. Creates then resume automatically.

Code: 2104

Alarms: https://console.example/alarms
`,
    },
  ])
})

test('a mail about a name, a list or a receiver names it, and one of an alarm that is closed says so', async () => {
  const mails = createMemorySender()
  const send = createMailSender(mails, undefined)
  const closed = { ...opened.data, closed_at: '2026-11-27T22:05:00.000Z' }
  for (const data of [
    { ...closed, kind: 'target_uncaught', facts: { name: 'wanted.test' } } as const,
    { ...closed, kind: 'list_quarantined', facts: { source: 'a list' }, note: 'published' } as const,
    { ...closed, kind: 'event_undelivered', facts: { address: 'https://pager.example' } } as const,
    {
      ...closed,
      kind: 'worker_stopped',
      subject: 'worker',
      facts: { lastSeenAt: closed.raised_at },
    } as const,
  ])
    await send(deliveryTo('anna@example.com', 'mail', { ...opened, topic: 'alarm.closed', data }), running)
  expect(mails.sent.map(({ subject }) => subject)).toEqual([
    '[closed] No registry account for this name: wanted.test',
    '[closed] Drop list held back: a list',
    '[closed] Event not delivered: https://pager.example',
    '[closed] No worker running',
  ])
  expect(mails.sent[1]?.text).toContain('Closed at 2026-11-27 22:05:00 UTC.\n\npublished\n')
  expect(mails.sent[3]?.text).toContain('Last seen at: 2026-11-27 22:00:00 UTC\n')
})

test('a mailbox that does not exist is final, one that is full is not', async () => {
  const send = createMailSender(createMemorySender(), undefined)
  expect(await send(deliveryTo('refused@example.com', 'mail'), running)).toMatchObject({ isFinal: true })
  expect(await send(deliveryTo('later@example.com', 'mail'), running)).toMatchObject({ isFinal: false })
})
