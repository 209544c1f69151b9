import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readInvariants } from '@droplock/core/invariants'
import { proveLedger } from '@droplock/core/ledger/prove'
import { onServer } from '@droplock/core/testing/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { givenReseller, startGateway } from './support/gateway-process.ts'
import { killWaiting, whileLocked, whoWait } from './support/locks.ts'
import { workerProcesses } from './support/worker-process.ts'
import { givenWorld, listedNames, listOf, REGISTRY, type World } from './support/world.ts'

// Gateways and workers as they are run.

const patient = { timeout: 60_000, interval: 20 }
const HOUR_MS = 3_600_000

let world: World
let folder: string
const gateways: ChildProcess[] = []
const workers = workerProcesses(() => world)
beforeEach(async () => {
  world = await givenWorld()
  folder = mkdtempSync(join(tmpdir(), 'droplock-feed-'))
})
afterEach(async () => {
  await endAll()
  rmSync(folder, { recursive: true })
  await world.clone.drop()
})

async function endAll(): Promise<void> {
  await Promise.all(gateways.splice(0).map((child) => workers.end(child, 'SIGKILL')))
  await workers.endAll()
}

const startWorker = () =>
  workers.start({ DROPLOCK_FEEDS: JSON.stringify([{ registryId: REGISTRY, path: folder }]) })

const writeList = (file: string, list: string) => writeFileSync(join(folder, file), list)

const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS)

const namesOf = (kind: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${kind}-${index}.test`)

/** The lists of one and the same name stand together. */
const inTurn = (...lists: readonly (readonly string[])[]) =>
  (lists[0] ?? []).flatMap((_, index) => lists.map((list) => list[index] ?? ''))

const until = (look: () => Promise<void>) => vi.waitFor(look, patient)

const Bulk = z.object({
  id: z.string(),
  state: z.string(),
  waiting: z.int(),
  placed: z.int(),
  refused: z.int(),
})
const Items = z.object({
  items: z.array(
    z.object({
      position: z.int(),
      name: z.string(),
      state: z.enum(['waiting', 'placed', 'refused']),
      backorder_id: z.string().optional(),
      problem: z.object({ code: z.string() }).optional(),
    }),
  ),
  next: z.string().optional(),
})

type Asked = { readonly url: string; readonly key: string }

async function send({ url, key }: Asked, idempotencyKey: string, names: readonly string[]) {
  const answer = await fetch(`${url}/v1/bulk-orders`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': idempotencyKey,
    },
    body: JSON.stringify({ items: names.map((name) => ({ name })) }),
  })
  expect(answer.status).toBe(202)
  return { ...Bulk.parse(await answer.json()), replayed: answer.headers.get('Idempotent-Replayed') }
}

async function read({ url, key }: Asked, path: string): Promise<unknown> {
  const answer = await fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${key}` } })
  expect(answer.status).toBe(200)
  return answer.json()
}

const untilFinished = (asked: Asked, id: string) =>
  until(async () => expect(await read(asked, `/v1/bulk-orders/${id}`)).toMatchObject({ state: 'finished' }))

async function readItems(asked: Asked, id: string) {
  const items: z.output<typeof Items>['items'] = []
  let cursor = ''
  for (;;) {
    const page = Items.parse(await read(asked, `/v1/bulk-orders/${id}/items?limit=100${cursor}`))
    items.push(...page.items)
    if (page.next === undefined) return items
    cursor = `&cursor=${page.next}`
  }
}

const lockOf = (name: string) => ['select from listing where name = $1 for update', name] as const

/** Of a database whose connections have ended, as each reports its deadlocks at its end at the latest. */
async function countDeadlocks(): Promise<number> {
  await endAll()
  return onServer(world.clone.url, async (client) => {
    const others = `select from pg_stat_activity where datname = current_database() and application_name <> 'droplock-test'`
    await until(async () => expect((await client.query(others)).rowCount).toBe(0))
    const { rows } = await client.query(
      'select deadlocks::integer from pg_stat_database where datname = current_database()',
    )
    return Number(rows[0]?.deadlocks)
  })
}

/** Each order has a name of its own, its money is in escrow, and nothing else was taken. */
async function expectProved(placed: number): Promise<void> {
  const held = await world.ctx.db
    .selectFrom('backorder')
    .innerJoin('listing', 'listing.holder', 'backorder.id')
    .select('listing.name')
    .where('backorder.state', '=', 'backordered')
    .execute()
  expect(new Set(held.map(({ name }) => name)).size).toBe(placed)
  const orders = await world.ctx.db.selectFrom('backorder').select('id').execute()
  expect(orders).toHaveLength(placed)
  expect(await proveLedger(world.ctx.db)).toEqual({
    ledgerSumMinor: { USD: 0n },
    escrowMinor: { USD: 1_900n * BigInt(placed) },
    escrowDifferenceMinor: { USD: 0n },
    balanceMismatches: 0,
    unrefundedFailures: 0,
    misplacedPayments: 0,
  })
  expect(await readInvariants(world.ctx)).toMatchObject({ holds: true, listingsWon: placed })
}

const EACH = 100
const moved = namesOf('moved', EACH)
const kept = namesOf('kept', EACH)
const gone = namesOf('gone', EACH)
const all = inTurn(moved, kept, gone)

/** A list with all names is published, and the next one, which moves a third and lacks another, is ready to be written. */
async function givenLists(): Promise<() => void> {
  await world.ctx.db
    .updateTable('registry')
    .set({ moved_percent_max: 100, suspected_percent_max: 100 })
    .execute()
  const [sooner, later] = [inHours(26), inHours(28)]
  writeList('1_domain-drop-list.csv', listOf(all, sooner))
  startWorker()
  await until(async () => expect(await listedNames(world)).toHaveLength(all.length))
  const rowsLater = listOf(moved, later).split('\n').slice(1).join('\n')
  const next = listOf([...kept, ...namesOf('new', 10 * EACH)], sooner) + rowsLater
  return () => writeList('2_domain-drop-list.csv', next)
}

const untilPublished = () =>
  until(async () => {
    const changes = await world.ctx.db
      .selectFrom('sync_run')
      .select(['listings_moved', 'listings_suspected', 'listings_added'])
      .where('source', 'like', '%#2_domain-drop-list.csv')
      .where('state', '=', 'published')
      .execute()
    expect(changes).toEqual([{ listings_moved: EACH, listings_suspected: EACH, listings_added: 10 * EACH }])
  })

test.each([
  ['two accounts', 2, 'name_taken'],
  ['one account', 1, 'already_yours'],
])(
  'two reversed bulk orders of %s beside a list that a worker publishes end without a deadlock, each item with one result and each name with one holder',
  async (_, accounts, lostAs) => {
    const publish = await givenLists()
    const [one, other] = [await startGateway(world, gateways), await startGateway(world, gateways)]
    const first = { ...one, ...(await givenReseller(world)) }
    const second = { ...other, key: accounts === 1 ? first.key : (await givenReseller(world)).key }
    const sent: ReturnType<typeof send>[] = []
    // All three are under way at once: the worker waits within its publication, and an order waits too. A gateway that was slow has left
    // it to the worker by then.
    await whileLocked(world, lockOf(`moved-${EACH / 2}.test`), async () => {
      publish()
      await until(async () => expect(await whoWait(world)).toEqual(['droplock-worker']))
      sent.push(send(first, 'forwards', all), send(second, 'backwards', all.toReversed()))
      await until(async () => expect((await whoWait(world)).length).toBeGreaterThan(1))
    })
    const [forwards, backwards] = await Promise.all(sent)
    if (forwards === undefined || backwards === undefined) throw new Error('two were sent')
    await untilFinished(first, forwards.id)
    await untilFinished(second, backwards.id)
    await untilPublished()
    const results = [await readItems(first, forwards.id), await readItems(second, backwards.id)]
    expect(results[0]?.map(({ name }) => name)).toEqual(all)
    expect(results[1]?.map(({ name }) => name)).toEqual(all.toReversed())
    const byName = Map.groupBy(results.flat(), ({ name }) => name)
    for (const [name, both] of byName) {
      const said = both.map(({ state, problem }) => problem?.code ?? state).toSorted()
      // What the new list lacks may be ordered as long as that is not known.
      const fine = [
        [lostAs, 'placed'],
        ...(gone.includes(name)
          ? [
              ['name_suspect', 'placed'],
              ['name_suspect', 'name_suspect'],
            ]
          : []),
      ]
      expect(
        fine.map((each) => each.toSorted()),
        name,
      ).toContainEqual(said)
    }
    const ids = results.flat().flatMap(({ backorder_id: id }) => id ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    await expectProved(ids.length)
    expect(await countDeadlocks()).toBe(0)
  },
  180_000,
)

/** What waits for a silence of half a minute finds that it has passed. */
const passSilence = () =>
  onServer(world.clone.url, (client) =>
    client.query(`update bulk_order set claimed_until = claimed_until - interval '31 seconds'`),
  )

const NAMES = namesOf('name', 300)

test('a gateway that is killed amid a bulk order: the same key finds it at another one, and workers, one of them killed too, order the rest once', async () => {
  writeList('1_domain-drop-list.csv', listOf(NAMES, inHours(26)))
  const lister = startWorker()
  await until(async () => expect(await listedNames(world)).toHaveLength(NAMES.length))
  await workers.end(lister, 'SIGTERM')
  const { key } = await givenReseller(world)
  const first = await startGateway(world, gateways)
  let lost: Promise<unknown> | undefined
  // The second item: after two seconds the gateway would leave the rest to a worker.
  await killWaiting(world, lockOf('name-1.test'), 'droplock-gateway', () => {
    lost = send({ ...first, key }, 'the key', NAMES).catch(() => 'lost')
    return first.child
  })
  expect(await lost).toBe('lost')
  const second = { ...(await startGateway(world, gateways)), key }
  const found = await send(second, 'the key', NAMES)
  expect(found).toMatchObject({
    state: 'processing',
    placed: 1,
    waiting: 299,
    refused: 0,
    replayed: 'true',
  })
  await passSilence()
  await killWaiting(world, lockOf('name-200.test'), 'droplock-worker', startWorker)
  await passSilence()
  startWorker()
  await untilFinished(second, found.id)
  const items = await readItems(second, found.id)
  expect(items.map(({ name, state }) => [name, state])).toEqual(NAMES.map((name) => [name, 'placed']))
  expect(await send(second, 'the key', NAMES)).toMatchObject({ id: found.id, placed: 300, replayed: 'true' })
  await expectProved(NAMES.length)
}, 180_000)
