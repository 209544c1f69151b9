import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { type Outbox, startOutbox } from '@droplock/mail/outbox/outbox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../../packages/core/src/backorders/place.ts'
import { givenMember, passMailPauses } from '../../../packages/core/test/support/members.ts'
import { givenEvent } from '../../../packages/core/test/support/receivers.ts'
import { givenAccount, givenListings } from '../../../packages/core/test/support/world.ts'
import { type HookServer, startHookServer } from './support/hook-server.ts'
import { kill, openWatched, type Watched } from './support/watched.ts'

// What people of accounts are sent, by the worker as it is run, over SMTP.

let watched: Watched
let outbox: Outbox
let hook: HookServer

beforeEach(async () => {
  watched = await openWatched()
  outbox = await startOutbox({ smtpPort: 0, pagePort: 0 })
  hook = await startHookServer()
})
afterEach(async () => {
  await watched.end()
  await Promise.all([outbox.stop(), hook.close()])
})

const ORIGIN = 'https://pages.example'

const mailed = (smtpUrl: string) => ({
  DROPLOCK_SMTP_URL: smtpUrl,
  DROPLOCK_MAIL_FROM: 'Droplock <droplock@example.com>',
  MARKETPLACE_ORIGIN: ORIGIN,
  DROPLOCK_MAIL_GATHER_MS: '0',
  DROPLOCK_MAIL_PAUSE_MS: '0',
})

const ctx = () => watched.world.ctx

async function givenPeople(count: number) {
  const { accountId } = (await givenAccount(ctx())).actor
  const people = []
  for (let n = 0; n < count; n += 1)
    people.push(await givenMember(ctx(), accountId, { email: `person-${n}@example.com` }))
  return { accountId, people }
}

test('who orders gets a mail that says what was ordered, in their language, with links and one click to switch it off', async () => {
  const { waitFor } = watched
  const buyer = await givenAccount(ctx())
  const { accountId } = buyer.actor
  await givenMember(ctx(), accountId, { email: 'anna@example.com' })
  await givenMember(ctx(), accountId, { email: 'li@example.com', role: 'viewer', language: 'zh' })
  await givenListings(ctx(), { names: ['xn--bcher-kva.test'] })
  watched.startWorker(mailed(outbox.smtpUrl))
  const { id } = await placeBackorder(buyer, { name: 'xn--bcher-kva.test', payment: 'balance' })
  await waitFor(() => expect(outbox.mails()).toHaveLength(2))
  const [english, chinese] = ['anna', 'li'].map((local) =>
    outbox.mails().find(({ to }) => to.includes(`${local}@example.com`)),
  )
  expect(english?.subject).toBe('bücher.test (xn--bcher-kva.test) is backordered')
  expect(english?.text).toContain('is paid (19.00 USD) and backordered for you alone')
  expect(english?.text).toContain(`${ORIGIN}/en/orders/${id}`)
  expect(english?.text).toContain(`${ORIGIN}/en/account/mails`)
  expect(english?.unsubscribeUrl).toMatch(/^https:\/\/pages\.example\/mails\/off\?key=[0-9a-f]{32}$/)
  expect(chinese?.subject).toBe('bücher.test (xn--bcher-kva.test) 预订成功')
  expect(chinese?.text).toContain(`${ORIGIN}/zh/orders/${id}`)
  expect(chinese?.unsubscribeUrl).not.toBe(english?.unsubscribeUrl)
})

test('a worker that is killed with -9 while it sends loses nothing: each person gets each thing, a repeated mail is recognised by its id', async () => {
  const { waitFor, run } = watched
  const { accountId, people } = await givenPeople(30)
  const slow = await startOutbox({ smtpPort: 0, pagePort: 0, takesMs: 30 })
  try {
    for (let n = 0; n < 5; n += 1) await givenEvent(ctx(), accountId)
    const first = watched.startWorker(mailed(slow.smtpUrl))
    await waitFor(() => expect(slow.mails().length).toBeGreaterThan(3))
    await kill(first)
    expect(new Set(slow.mails().map(({ to }) => to[0])).size).toBeLessThan(people.length)
    // Time is moved, not waited for: the claims of the dead are over.
    await passMailPauses(ctx())
    watched.startWorker(mailed(slow.smtpUrl))
    await waitFor(async () =>
      expect((await run(`select from member_mail where state <> 'sent'`)).rowCount).toBe(0),
    )
    const byPerson = Map.groupBy(slow.mails(), ({ to }) => to[0])
    expect([...byPerson.keys()].toSorted()).toEqual(people.map(({ email }) => email).toSorted())
    // As many different mails as there are rows: what was sent twice has the same id.
    const { rowCount } = await run('select from member_mail')
    expect(new Set(slow.mails().map(({ messageId }) => messageId)).size).toBe(rowCount)
    expect((await run('select from member_mail_event')).rowCount).toBe(5 * people.length)
  } finally {
    await slow.stop()
  }
})

test('while the mail server hangs, webhooks are delivered and alarms raised all the same; when it is back, mails arrive', async () => {
  const { waitFor, run, shows } = watched
  const { accountId } = await givenPeople(3)
  const silent = await startSilentServer()
  await run(`insert into event_receiver (id, kind, account_id, address, topics, secret_salt, secret_key_id)
    values (gen_random_uuid(), 'webhook', null, '${hook.url}', '{backorder.secured}', null, null)`)
  await run(`update event_receiver set secret_reference = 'pager'`)
  const secrets = {
    DROPLOCK_WEBHOOK_SECRETS: JSON.stringify({ pager: `whsec_${Buffer.alloc(32, 3).toString('base64')}` }),
  }
  const hanging = watched.startWorker({ ...mailed(silent.url), ...secrets })
  await givenEvent(ctx(), accountId)
  await waitFor(() => expect(silent.connections()).toBeGreaterThanOrEqual(3))
  await givenEvent(ctx(), accountId)
  await waitFor(() => expect(hook.received).toHaveLength(2))
  await run(`update member_mail set closed_at = closed_at - interval '2 hours' where state = 'sending'`)
  await shows('mail_undelivered members')
  await kill(hanging)
  silent.server.close()
  await run(
    `update member_mail set due_at = clock_timestamp(), closed_at = clock_timestamp() where state = 'sending'`,
  )
  watched.startWorker({ ...mailed(outbox.smtpUrl), ...secrets })
  await waitFor(() => expect(outbox.mails().length).toBe(6))
  await shows()
})

test('a refused address gets one mail and no more; a refusal that is about us is tried again and is held against nobody', async () => {
  const { waitFor, run } = watched
  const { accountId } = (await givenAccount(ctx())).actor
  await givenMember(ctx(), accountId, { email: 'refused@example.com' })
  await givenMember(ctx(), accountId, { email: 'blocked@example.com' })
  await givenMember(ctx(), accountId, { email: 'later@example.com' })
  watched.startWorker(mailed(outbox.smtpUrl))
  await givenEvent(ctx(), accountId)
  const count = async (condition: string) =>
    (await run(`select from member_mail where ${condition}`)).rowCount
  await waitFor(async () => expect(await count(`state = 'refused'`)).toBe(1))
  await waitFor(async () => expect(await count(`state = 'sending' and answer is not null`)).toBe(2))
  expect((await run(`select from member_mail_bounce where email = 'refused@example.com'`)).rowCount).toBe(1)
  expect((await run('select from member_mail_bounce')).rowCount).toBe(1)
  await givenEvent(ctx(), accountId)
  await waitFor(async () => expect(await count(`state = 'gathering'`)).toBe(2))
  expect(await count('true')).toBe(5)
  expect(outbox.mails()).toEqual([])
})

test('without a mail server mails gather and wait, and are sent when there is one', async () => {
  const { waitFor, run, shows } = watched
  const { accountId } = await givenPeople(1)
  const without = watched.startWorker()
  for (let n = 0; n < 3; n += 1) await givenEvent(ctx(), accountId)
  await waitFor(async () => expect((await run('select from member_mail_event')).rowCount).toBe(3))
  await run(`update member_mail set due_at = due_at - interval '2 hours'`)
  await shows('mail_undelivered members')
  await kill(without)
  watched.startWorker(mailed(outbox.smtpUrl))
  await waitFor(() => expect(outbox.mails()).toHaveLength(1))
  expect(outbox.mails()[0]?.subject).toBe('Backordered: 3 names')
  await shows()
})

/** Takes connections and says nothing. */
async function startSilentServer() {
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, connections: () => connections, server }
}
