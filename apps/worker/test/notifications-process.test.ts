import { addReceiver, disableReceiver } from '@droplock/core/receivers/administer'
import { getReceiverTest, testReceiver } from '@droplock/core/receivers/test-receiver'
import { type Outbox, startOutbox } from '@droplock/mail/outbox/outbox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { givenStaff } from '../../../packages/core/test/support/world.ts'
import { type HookServer, isSigned, startHookServer } from './support/hook-server.ts'
import { openWatched, type Watched } from './support/watched.ts'
import { REGISTRY } from './support/world.ts'

// What operators are sent, by the worker as it is run, over SMTP and HTTP.

const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`
const SOURCE = '01a00000-0000-7000-8000-000000000001'
const LATE = `list_late ${SOURCE}`
const folder = { registryId: REGISTRY, path: '/lists' }

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

const startWorker = (env: Readonly<Record<string, string>> = {}) =>
  watched.startWorker({
    DROPLOCK_FEEDS: JSON.stringify([folder]),
    DROPLOCK_WEBHOOK_SECRETS: JSON.stringify({ pager: secret }),
    ...env,
  })

const mailed = () => ({ DROPLOCK_SMTP_URL: outbox.smtpUrl, DROPLOCK_MAIL_FROM: 'droplock@example.com' })

/** A source that has had no list for longer than a day. */
async function givenLateList(): Promise<void> {
  await watched.run(`insert into list_source (id, registry_id, address, configured_at, list_at, next_try_at)
    values ('${SOURCE}', '${REGISTRY}', '/lists', clock_timestamp(), clock_timestamp() - interval '27 hours',
      clock_timestamp() + interval '1 hour')`)
}

async function givenReceivers() {
  const operator = await givenStaff(watched.world.ctx, 'operator')
  const all = { alarmKinds: null, onClose: true } as const
  const mail = { ...all, kind: 'mail', address: 'anna@example.com', secretName: null } as const
  const webhook = { ...all, kind: 'webhook', address: hook.url, secretName: 'pager' } as const
  return { operator, mail: await addReceiver(operator, mail), webhook: await addReceiver(operator, webhook) }
}

const types = () =>
  hook.received.map(({ body }) => JSON.parse(body) as { type: string; data: { kind: string } })

test('an alarm is one mail and one signed webhook, and so is its end', async () => {
  const { shows, run, waitFor } = watched
  await givenReceivers()
  await givenLateList()
  startWorker(mailed())
  await shows(LATE)
  await waitFor(() => expect([outbox.mails().length, hook.received.length]).toEqual([1, 1]))
  expect(outbox.mails()).toMatchObject([
    { to: ['anna@example.com'], subject: `[warning] Drop list late: ${REGISTRY} /lists` },
  ])
  expect(types()).toMatchObject([{ type: 'alarm.opened', data: { kind: 'list_late' } }])
  await run('update list_source set list_at = clock_timestamp()')
  await waitFor(() => expect([outbox.mails().length, hook.received.length]).toEqual([2, 2]))
  expect(outbox.mails()[0]).toMatchObject({ subject: `[closed] Drop list late: ${REGISTRY} /lists` })
  expect(types()[1]).toMatchObject({ type: 'alarm.closed', data: { kind: 'list_late' } })
  expect(hook.received.every((each) => isSigned(each, secret))).toBe(true)
})

test('a test goes to the receiver that is tested alone, marked as one, and says what it answered', async () => {
  const { waitFor, world } = watched
  const { operator, mail, webhook } = await givenReceivers()
  startWorker(mailed())
  const byMail = await testReceiver(operator, mail)
  await waitFor(async () =>
    expect(await getReceiverTest(operator, byMail)).toMatchObject({ state: 'delivered' }),
  )
  expect([outbox.mails().length, hook.received.length]).toEqual([1, 0])
  expect(outbox.mails()).toMatchObject([
    { to: ['anna@example.com'], subject: '[test] Alarms of Droplock are sent here' },
  ])
  const byWebhook = await testReceiver(operator, webhook)
  await waitFor(async () =>
    expect(await getReceiverTest(operator, byWebhook)).toMatchObject({ state: 'delivered', attempts: 1 }),
  )
  expect([outbox.mails().length, hook.received.length]).toEqual([1, 1])
  expect(types()).toMatchObject([{ type: 'alarm.tested', data: { id: webhook, address: hook.url } }])
  expect(hook.received.every((each) => isSigned(each, secret))).toBe(true)
  hook.answer = (response) => response.writeHead(503).end()
  const failing = await testReceiver(operator, webhook)
  await waitFor(async () =>
    expect(await getReceiverTest(operator, failing)).toMatchObject({
      state: 'pending',
      failure: 'answered 503',
    }),
  )
  expect(await world.ctx.db.selectFrom('alarm').select('kind').execute()).toEqual([])
})

test('a webhook that is never accepted raises an alarm, which other receivers get and it does not, until it is disabled', async () => {
  const { shows, run, waitFor } = watched
  const { operator, webhook } = await givenReceivers()
  hook.answer = (response) => response.writeHead(500).end()
  await givenLateList()
  startWorker(mailed())
  // Time is moved, not waited for: the attempts together last three days.
  await waitFor(async () => {
    await run(`update event_delivery set try_after = clock_timestamp(), first_tried_at = first_tried_at - interval '3 days'
      where state = 'pending' and failure is not null`)
    await run('update receiver_queue set due_at = clock_timestamp() where due_at is not null')
    expect((await run(`select from event_delivery where state = 'failed'`)).rowCount).toBe(1)
  })
  await shows(LATE, `event_undelivered ${webhook}`)
  await waitFor(() => expect(outbox.mails()).toHaveLength(2))
  expect(outbox.mails()[0]).toMatchObject({ subject: `[warning] Event not delivered: ${hook.url}` })
  expect((await run(`select from event where topic = 'alarm.opened'`)).rowCount).toBe(2)
  const deliveries = await run(`select from event_delivery where receiver_id = '${webhook}'`)
  expect(deliveries.rowCount).toBe(1)
  expect(new Set(types().map(({ data }) => data.kind))).toEqual(new Set(['list_late']))
  await disableReceiver(operator, { id: webhook, reason: 'gone' })
  await shows(LATE)
})

test('what waits for a mail server for a week is given up by the worker, and is an alarm', async () => {
  const { shows, run, waitFor } = watched
  const { mail } = await givenReceivers()
  await givenLateList()
  startWorker()
  await waitFor(() => expect(hook.received).toHaveLength(1))
  await run(`update event_delivery set try_after = try_after - interval '7 days' where state = 'pending'`)
  await waitFor(async () => {
    const failed = await run(`select from event_delivery where receiver_id = '${mail}' and state = 'failed'`)
    expect(failed.rowCount).toBe(1)
  })
  await shows(LATE, `event_undelivered ${mail}`)
})

test('without a mail server mails wait, lose no attempt, and an alarm says why; with one they are sent', async () => {
  const { shows, run, waitFor } = watched
  const { mail } = await givenReceivers()
  await givenLateList()
  const without = startWorker()
  await waitFor(() => expect(hook.received).toHaveLength(1))
  await shows(LATE)
  await run(`update event_delivery set try_after = try_after - interval '61 seconds' where state = 'pending'`)
  await shows(LATE, `event_undelivered ${mail}`)
  const waiting = await run(`select from event_delivery where receiver_id = '${mail}' and attempts = 0`)
  expect(waiting.rowCount).toBe(1)
  // Beside the other one: a moment without a worker may be an alarm, and another mail.
  startWorker(mailed())
  await waitFor(() => expect(outbox.mails()).toHaveLength(1))
  without.kill('SIGTERM')
  await shows(LATE)
})
