import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { givenEvent } from '../../../packages/core/test/support/receivers.ts'
import { listeningAt } from '../../../packages/http/test/support/listening-at.ts'
import { givenCustomer } from '../../gateway/test/support/world.ts'
import { type HookServer, startHookServer } from './support/hook-server.ts'
import { kill } from './support/watched.ts'
import { givenWorld, type World } from './support/world.ts'

// Resellers' webhooks, by the gateway and the worker as they are run.

const patient = { timeout: 30_000, interval: 20 }
const mainOf = (app: string) => join(import.meta.dirname, '..', '..', app, 'src', 'main.ts')
const settings = {
  DROPLOCK_WEBHOOK_SECRET_KEY: 'a key of more than thirty-two characters',
  DROPLOCK_WEBHOOK_LOOPBACK: 'on',
}

let world: World
let hook: HookServer
let gateway: string
const children: ChildProcess[] = []

beforeEach(async () => {
  world = await givenWorld()
  hook = await startHookServer()
  await startGateway()
})
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => kill(child)))
  await hook.close()
  await world.clone.drop()
})

function start(app: string, env: Readonly<Record<string, string>>, stdout: 'pipe' | 'ignore'): ChildProcess {
  const child = spawn(process.execPath, [mainOf(app)], {
    env: { ...settings, ...env },
    stdio: ['ignore', stdout, 'ignore'],
  })
  children.push(child)
  return child
}

async function startGateway(env: Readonly<Record<string, string>> = {}): Promise<ChildProcess> {
  const { gateway: url } = world.clone.urls
  const child = start('gateway', { DATABASE_URL: url, PORT: '0', DATABASE_MODE: 'test', ...env }, 'pipe')
  gateway = await listeningAt(child)
  await vi.waitFor(async () => expect((await fetch(`${gateway}/healthz`)).status).toBe(200), patient)
  return child
}

const startWorker = (env: Readonly<Record<string, string>> = {}) =>
  start('worker', { DATABASE_URL: world.clone.urls.worker, DROPLOCK_IDLE_MS: '100', ...env }, 'ignore')

const workerWith = (...keys: readonly string[]) =>
  startWorker({ DROPLOCK_WEBHOOK_SECRET_KEY: keys.join(','), DROPLOCK_SWEEP_ALARMS_MS: '100' })

async function ask(key: string, method: string, path: string, body?: object) {
  const response = await fetch(`${gateway}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': world.ctx.newId(),
      'If-Match': '*',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect(response.status).toBeLessThan(300)
  return (await response.json()) as {
    readonly id: string
    readonly secret: string
    readonly enabled: boolean
  }
}

const slowly: HookServer['answer'] = (response) => void setTimeout(() => response.writeHead(204).end(), 20)

const isVerified = (secret: string, last = hook.received.at(-1)) => {
  if (last === undefined) return false
  try {
    return new Webhook(secret).verify(last.body, last.headers as Record<string, string>) !== undefined
  } catch {
    return false
  }
}

test('an endpoint gets a signed event; after a rotation both secrets verify; redirects are not followed; 410 disables it', async () => {
  const { key, accountId } = await givenCustomer(world.ctx)
  const endpoint = await ask(key, 'POST', '/v1/webhook-endpoints', {
    url: hook.url,
    topics: ['backorder.secured'],
  })
  const path = `/v1/webhook-endpoints/${endpoint.id}`
  startWorker()
  await givenEvent(world.ctx, accountId)
  await vi.waitFor(() => expect(hook.received).toHaveLength(1), patient)
  expect(isVerified(endpoint.secret)).toBe(true)

  const rotated = await ask(key, 'POST', `${path}/rotate-secret`, {})
  await givenEvent(world.ctx, accountId)
  await vi.waitFor(() => expect(hook.received).toHaveLength(2), patient)
  expect([isVerified(endpoint.secret), isVerified(rotated.secret)]).toEqual([true, true])
  expect(String(hook.received[1]?.headers['webhook-signature']).split(' ')).toHaveLength(2)

  hook.answer = (response) => response.writeHead(307, { location: `${hook.url}/elsewhere` }).end()
  await givenEvent(world.ctx, accountId)
  await vi.waitFor(async () => {
    const log = (await ask(key, 'GET', `${path}/deliveries?state=pending`)) as unknown as {
      items: { attempts: { status: number }[] }[]
    }
    expect(log.items[0]?.attempts[0]?.status).toBe(307)
  }, patient)
  expect(hook.received).toHaveLength(3)

  hook.answer = (response) => response.writeHead(410).end()
  await givenEvent(world.ctx, accountId)
  await vi.waitFor(async () => {
    expect(await ask(key, 'GET', path)).toMatchObject({ enabled: false, disabled_reason: 'gone' })
  }, patient)
})

test('a worker that is killed with -9 while it sends loses nothing: each event arrives, those of a subject in order', async () => {
  const { key, accountId } = await givenCustomer(world.ctx)
  await ask(key, 'POST', '/v1/webhook-endpoints', { url: hook.url, topics: ['backorder.secured'] })
  const subjects = [world.ctx.newId(), world.ctx.newId(), world.ctx.newId()]
  const sent: string[] = []
  for (let round = 0; round < 10; round += 1)
    for (const subject of subjects) sent.push(await givenEvent(world.ctx, accountId, subject))
  hook.answer = slowly
  const first = startWorker()
  await vi.waitFor(() => expect(hook.received.length).toBeGreaterThan(5), patient)
  await kill(first)
  // Time is moved, not waited for: the claims of the dead are over.
  await world.ctx.db
    .updateTable('event_delivery')
    .set({ try_after: new Date() })
    .where('state', '=', 'pending')
    .execute()
  await world.ctx.db.updateTable('receiver_queue').set({ due_at: new Date() }).execute()
  startWorker()
  const arrived = () => [...new Set(hook.received.map(({ headers }) => String(headers['webhook-id'])))]
  await vi.waitFor(() => expect(arrived().toSorted()).toEqual(sent.toSorted()), patient)
  for (const [index] of subjects.entries()) {
    const own = sent.filter((_, place) => place % subjects.length === index)
    expect(arrived().filter((id) => own.includes(id))).toEqual(own)
  }
})

test('the key of secrets is changed: webhooks verify before, during and after, and a key that is missing is an alarm', async () => {
  const OLD = settings.DROPLOCK_WEBHOOK_SECRET_KEY
  const NEXT = 'the next key of more than thirty-two characters'
  const { key, accountId } = await givenCustomer(world.ctx)
  const wanted = { url: hook.url, topics: ['backorder.secured'] }
  const endpoint = await ask(key, 'POST', '/v1/webhook-endpoints', wanted)
  const secrets = [endpoint.secret]
  /** Which of the secrets verify the webhook of an event. A killed worker may have sent it, and another one sends it again. */
  const verifying = async (eventId: string) => {
    const arrived = () => hook.received.findLast(({ headers }) => headers['webhook-id'] === eventId)
    await vi.waitFor(() => expect(arrived()).toBeDefined(), patient)
    return secrets.map((secret) => isVerified(secret, arrived()))
  }
  const send = () => givenEvent(world.ctx, accountId)
  let worker = workerWith(OLD)
  expect(await verifying(await send())).toEqual([true])

  await kill(worker)
  worker = workerWith(OLD, NEXT)
  await startGateway({ DROPLOCK_WEBHOOK_SECRET_KEY: `${NEXT},${OLD}` })
  expect(await verifying(await send())).toEqual([true])

  // Too early: it is noticed, and what was to be sent waits.
  await kill(worker)
  worker = workerWith(NEXT)
  const openAlarms = async () => {
    const alarms = world.ctx.db.selectFrom('alarm').select('subject').where('closed_at', 'is', null)
    return (await alarms.execute()).map(({ subject }) => subject)
  }
  await vi.waitFor(async () => expect(await openAlarms()).toContain('DROPLOCK_WEBHOOK_SECRET_KEY'), patient)
  const waiting = await send()
  await vi.waitFor(async () => {
    const path = `/v1/webhook-endpoints/${endpoint.id}/deliveries?state=pending`
    expect(JSON.stringify(await ask(key, 'GET', path))).toMatch(/rotate the secret/)
  }, patient)
  await kill(worker)
  // Time is moved, not waited for: the pause after a failure is over, and so are the claims of the dead.
  const { db } = world.ctx
  await db
    .updateTable('event_delivery')
    .set({ try_after: new Date() })
    .where('state', '=', 'pending')
    .execute()
  await db.updateTable('receiver_queue').set({ due_at: new Date(), not_before: null }).execute()
  worker = workerWith(NEXT, OLD)
  expect(await verifying(waiting)).toEqual([true])
  await vi.waitFor(
    async () => expect(await openAlarms()).not.toContain('DROPLOCK_WEBHOOK_SECRET_KEY'),
    patient,
  )

  secrets.push((await ask(key, 'POST', `/v1/webhook-endpoints/${endpoint.id}/rotate-secret`, {})).secret)
  expect(await verifying(await send())).toEqual([true, true])
  await kill(worker)
  worker = workerWith(NEXT)
  expect(await verifying(await send())).toEqual([false, true])
}, 180_000)
