import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { done, order, refundOf } from '../../src/conformance/world.ts'
import { createSandboxControl } from '../../src/sandbox/sandbox-control.ts'
import { createSandboxProvider } from '../../src/sandbox/sandbox-provider.ts'
import {
  type SandboxOptions,
  type SandboxServer,
  startSandboxProvider,
} from '../../src/sandbox/start-sandbox-provider.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { apiKey, webhookSecret } from '../support/sandbox-world.ts'

const plainCard = '4242 4242 4242 4242'

let receiver: Receiver
let folder: string
const running: SandboxServer[] = []
beforeEach(async () => {
  receiver = await startReceiver()
  folder = mkdtempSync(join(tmpdir(), 'droplock-sandbox-'))
})
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
  await receiver.stop()
  rmSync(folder, { recursive: true })
})

async function start(options: Partial<SandboxOptions> = {}) {
  const server = await startSandboxProvider({
    port: 0,
    apiKey,
    webhookSecret,
    laterMs: 'by_hand',
    ...options,
  })
  running.push(server)
  const { url } = server
  const provide = (timeoutMs = 10_000) => createSandboxProvider({ url, apiKey, webhookSecret, timeoutMs })
  return { server, url, provide, provider: provide(), control: createSandboxControl(url, apiKey) }
}

type Sandbox = Awaited<ReturnType<typeof start>>

async function payWith({ provider, control }: Sandbox, card: string, amountMinor = 6_900n) {
  const { providerId, clientSecret = '' } = done(await provider.createIntent(order(amountMinor)))
  const state = await control.pay({ providerId, clientSecret }, card)
  return { providerId, state }
}

test.each([
  [999_902n, 'failed'],
  [999_903n, 'requires_action'],
  [999_904n, 'processing'],
  [999_901n, 'succeeded'],
])('with the plain card, an amount of %s ends %s', async (amountMinor, state) => {
  expect((await payWith(await start(), plainCard, amountMinor)).state).toBe(state)
})

test('a late result arrives by itself', async () => {
  const sandbox = await start({ laterMs: 10 })
  const { providerId } = await payWith(sandbox, '4000 0000 0000 1000')
  const state = async () => done(await sandbox.provider.getIntent(providerId)).state
  await expect.poll(state, { timeout: 10_000 }).toBe('succeeded')
})

test('a webhook that was not acknowledged is sent again, newly signed, with the same id', async () => {
  receiver.refuse(1)
  const { provider } = await start({ webhookUrl: receiver.url })
  done(await provider.createIntent(order()))
  await expect.poll(() => receiver.deliveries.length, { timeout: 20_000 }).toBe(2)
  const ids = receiver.deliveries.map(({ rawBody, headers }) => {
    const event = provider.parseWebhook(rawBody, headers, new Date())
    return event.kind === 'event' ? event.eventId : event.reason
  })
  expect(new Set(ids).size).toBe(1)
})

test('a restart with the same folder finds payments, idempotency keys and what is still due', async () => {
  const before = await start({ folder })
  const { providerId } = await payWith(before, plainCard)
  const late = await payWith(before, '4000000000001000')
  const intent = done(await before.provider.getIntent(providerId))
  const wanted = refundOf(intent, 100n)
  const refund = done(await before.provider.refund(wanted))
  await before.server.stop()
  running.length = 0
  // A line that a crash cut short was never answered.
  appendFileSync(join(folder, 'commands.ndjson'), '{"do":"refund","intentId":"')

  const after = await start({ folder, laterMs: 10 })
  expect(done(await after.provider.getIntent(providerId))).toEqual(intent)
  expect(done(await after.provider.refund(wanted))).toEqual(refund)
  const state = async () => done(await after.provider.getIntent(late.providerId)).state
  await expect.poll(state, { timeout: 10_000 }).toBe('succeeded')
  await after.server.stop()
  running.length = 0
  const again = await start({ folder })
  expect(done(await again.provider.getIntent(late.providerId)).state).toBe('succeeded')
})

test('a webhook that was not acknowledged before a restart is sent after it; acknowledged ones are not', async () => {
  const before = await start({ folder, webhookUrl: receiver.url })
  done(await before.provider.createIntent(order()))
  await before.server.webhooksIdle()
  receiver.refuse(1)
  done(await before.provider.createIntent(order()))
  await before.server.webhooksIdle()
  await before.server.stop()
  running.length = 0
  expect(receiver.deliveries.length).toBe(2)
  const after = await start({ folder, webhookUrl: receiver.url })
  await expect.poll(() => receiver.deliveries.length, { timeout: 10_000 }).toBe(3)
  await after.server.webhooksIdle()
  expect(receiver.deliveries[2]?.rawBody).toEqual(receiver.deliveries[1]?.rawBody)
  expect(receiver.deliveries.length).toBe(3)
})

test('a refund without an answer is ambiguous, is found afterwards, and is made once', async () => {
  const sandbox = await start()
  const { providerId } = await payWith(sandbox, plainCard)
  const wanted = refundOf(done(await sandbox.provider.getIntent(providerId)))
  await sandbox.control.fault('never_answer')
  expect(await sandbox.provide(3_000).refund(wanted)).toEqual({ kind: 'ambiguous', reason: 'timeout' })
  const found = done(await sandbox.provider.findRefund(wanted))
  expect(found?.refundId).toBe(wanted.refundId)
  expect(done(await sandbox.provider.refund(wanted))).toEqual(found)
})

test('an intent cannot be paid without its secret, or with a card that the sandbox does not have', async () => {
  const { provider, control } = await start()
  const { providerId, clientSecret = '' } = done(await provider.createIntent(order()))
  await expect(control.pay({ providerId, clientSecret: 'other' }, plainCard)).rejects.toThrow('not_found')
  await expect(control.pay({ providerId, clientSecret }, '4111111111111111')).rejects.toThrow('invalid')
  expect(done(await provider.getIntent(providerId)).state).toBe('requires_action')
})

test('a change without an idempotency key is refused', async () => {
  const { url } = await start()
  const body = { payment_id: 'p', amount_minor: '100', currency: 'USD', customer: 'c' }
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const response = await fetch(`${url}/v1/intents`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect([response.status, await response.json()]).toMatchObject([400, { code: 'key_required' }])
})

test('the control needs the API key', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/control/settle`, { method: 'POST', body: '{"object":"pi_1"}' })
  expect(response.status).toBe(401)
})

test('a receiver that starts after the sandbox gets the events from then on', async () => {
  let url: string | undefined
  const { server, provider } = await start({ webhookUrl: () => url })
  done(await provider.createIntent(order()))
  url = receiver.url
  const { providerId } = done(await provider.createIntent(order()))
  await server.webhooksIdle()
  const events = receiver.deliveries.map(({ rawBody, headers }) =>
    provider.parseWebhook(rawBody, headers, new Date()),
  )
  expect(events).toMatchObject([{ kind: 'event', about: 'payment', objectId: providerId }])
})

test('a payer pays on the page, with the extra step, without scripts', async () => {
  const { url, provider } = await start()
  const { providerId, clientSecret = '', payUrl = '' } = done(await provider.createIntent(order()))
  const page = `${url}/pay/${providerId}`
  const post = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ client_secret: clientSecret, ...fields })
    return (await fetch(page, { method: 'POST', body })).text()
  }
  const first = await (await fetch(payUrl)).text()
  expect(first).toContain('69.00 USD')
  expect(await post({ card: '4000000000000002' })).toContain('card declined')
  expect(await post({ card: '4000002500003155' })).toContain('Confirm')
  expect(await post({ passed: 'yes' })).toContain('State: succeeded')
  expect(done(await provider.getIntent(providerId))).not.toHaveProperty('payUrl')
  expect((await fetch(`${page}?client_secret=other`)).status).toBe(404)
})

test('the page names the domain, says that a declined payment can still be paid, and returns to the shop', async () => {
  const { url, provider } = await start()
  const metadata = {
    name: 'wanted.test',
    pay_by: '2026-02-15T13:00:00.000Z',
    return_url: 'https://shop.test/orders/7',
  }
  const {
    providerId,
    clientSecret = '',
    payUrl = '',
  } = done(await provider.createIntent({ ...order(), metadata }))
  const pay = (card: string) =>
    fetch(`${url}/pay/${providerId}`, {
      method: 'POST',
      body: new URLSearchParams({ client_secret: clientSecret, card }),
      redirect: 'manual',
    })
  expect(await (await fetch(payUrl)).text()).toContain('<strong>wanted.test</strong>')
  expect((await pay('4000000000000002')).headers.get('location')).toContain(`/pay/${providerId}`)
  expect(await (await fetch(payUrl)).text()).toContain(
    'wanted.test is still held for you: you can pay with another card until 2026-02-15 13:00 UTC.',
  )
  const paid = await pay('4242424242424242')
  expect([paid.status, paid.headers.get('location')]).toEqual([303, 'https://shop.test/orders/7'])
})

test.each(['drop', 'double', 'alter'] as const)(
  'books that were tampered with (%s) are listed as they are',
  async (how) => {
    const sandbox = await start()
    const { providerId } = await payWith(sandbox, plainCard)
    const range = { from: new Date(0), to: new Date(Date.now() + 86_400_000) }
    const read = async () => done(await sandbox.provider.listBalanceTransactions(range)).transactions
    await sandbox.control.tamper((await read())[0]?.id ?? '', how)
    expect((await read()).map(({ objectId, amount }) => [objectId, amount?.amountMinor])).toEqual(
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
