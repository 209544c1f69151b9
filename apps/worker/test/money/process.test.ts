import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { asService } from '@droplock/core/context'
import { defineRegistry } from '@droplock/core/registries/define'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listeningAt } from '../../../../packages/http/test/support/listening-at.ts'
import { givenWorld, REGISTRY, type World } from '../support/world.ts'
import { type Processor, processors } from './processor.ts'
import { dropAll, givenShop, hurry, orderByCard, registryAccount, stateOf } from './shop.ts'

const patient = { timeout: 90_000, interval: 50 }
const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts')
const never = 86_400_000

let world: World
let processor: Processor
const children: ChildProcess[] = []

beforeEach(async () => {
  world = await givenWorld()
  processor = await processors.sandbox(world.ctx)
})
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill))
  await processor.close()
  await world.clone.drop()
})

function startWorker(
  environment: Readonly<Record<string, string>> = {},
  stdout: 'pipe' | 'ignore' = 'ignore',
): ChildProcess {
  const env = { DATABASE_URL: world.clone.urls.worker, ...processor.environment, ...environment }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', stdout, 'pipe'] })
  children.push(child)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

async function movements(): Promise<readonly string[]> {
  const range = { from: new Date(Date.now() - never), to: new Date(Date.now() + never) }
  const page = await processor.provider.listBalanceTransactions(range)
  if (page.kind !== 'done') throw new Error(page.reason)
  return page.value.transactions.map(({ kind }) => kind).toSorted()
}

/** It ends by itself, with what it says. */
async function ending(child: ChildProcess): Promise<{ readonly code: unknown; readonly said: string }> {
  const [said, [code]] = await Promise.all([
    child.stderr === null ? '' : text(child.stderr),
    once(child, 'exit'),
  ])
  return { code, said }
}

test('a worker killed with -9 between a refund and its answer leaves one refund, which the next finds', async () => {
  const buyer = await givenShop(world.ctx, ['wanted.test'])
  const { id, intent } = await orderByCard(buyer, processor.provider, 'wanted.test')
  await processor.pay(intent, 'approve')
  const first = startWorker()
  await vi.waitFor(async () => expect(await stateOf(world.ctx, id)).toBe('backordered'), patient)
  processor.loseWebhooks()
  await processor.fault('never_answer')
  await dropAll(world.ctx, 'lost')
  await vi.waitFor(async () => expect(await movements()).toEqual(['payment', 'refund']), patient)
  await kill(first)
  const refund = () =>
    world.ctx.db.selectFrom('refund').select(['state', 'provider_refund_id']).executeTakeFirst()
  expect(await refund()).toEqual({ state: 'processing', provider_refund_id: null })
  await hurry(world.ctx)
  startWorker()
  await vi.waitFor(async () => expect(await refund()).toMatchObject({ state: 'succeeded' }), patient)
  expect(await movements()).toEqual(['payment', 'refund'])
})

test('a real registry account in a test database: the worker does not start, and says why in one line', async () => {
  await defineRegistry(asService(world.ctx), {
    id: REGISTRY,
    profile: 'generic',
    accounts: [{ ...registryAccount, isSimulator: false }],
    zones: [],
  })
  const { code, said } = await ending(startWorker())
  expect(code).toBe(1)
  expect(said).toMatch(/^worker: payments: a real registry account [^\n]+\n$/)
})

test('a real registry account added while the sandbox serves: the worker ends, and says why', async () => {
  const buyer = await givenShop(world.ctx, ['wanted.test'])
  const { id, intent } = await orderByCard(buyer, processor.provider, 'wanted.test')
  await processor.pay(intent, 'approve')
  const child = startWorker({ DROPLOCK_PROVIDER_CHECK_MS: '100' })
  await vi.waitFor(async () => expect(await stateOf(world.ctx, id)).toBe('backordered'), patient)
  const ended = ending(child)
  await world.ctx.db.insertInto('registry').values({ id: 'real', profile: 'generic' }).execute()
  await world.ctx.db
    .insertInto('registry_account')
    .values({
      id: 'real/us',
      registry_id: 'real',
      clid: 'us',
      host: 'epp.registry.test',
      port: 700,
      sessions_max: 1,
      commands_per_second_max: 1,
    })
    .execute()
  const { code, said } = await ended
  expect(code).toBe(1)
  expect(said).toMatch(/^worker: payments: a real registry account [^\n]+\n$/)
})

test('a worker says by HTTP that it is ready, and that it is not when its database is gone, and lives', async () => {
  const child = startWorker({ DROPLOCK_HEALTH_PORT: '0' }, 'pipe')
  const url = await listeningAt(child, undefined, 'health is served')
  const statusOf = async (path: string) => {
    const answer = await fetch(`${url}${path}`).catch(() => undefined)
    return answer?.status
  }
  await vi.waitFor(async () => expect(await statusOf('/readyz')).toBe(200), patient)
  await world.clone.drop()
  await vi.waitFor(async () => expect(await statusOf('/readyz')).toBe(503), patient)
  expect(await statusOf('/healthz')).toBe(200)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})
