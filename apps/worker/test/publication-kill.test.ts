import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAccount } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import { actFor, asService } from '@droplock/core/context'
import { onServer } from '@droplock/core/testing/server'
import { scopes } from '@droplock/rules/accounts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { givenWorld, REGISTRY, type World } from './support/world.ts'

const main = join(import.meta.dirname, '..', 'src', 'main.ts')
const patient = { timeout: 150_000, interval: 50 }

/** Of the second list: 20,000 are new, 2,000 move, 1,000 stay; and 1,000 of the first list are not on it. */
const [ADDED, MOVED, KEPT, GONE] = [20_000, 2_000, 1_000, 1_000]
const TOTAL = ADDED + MOVED + GONE
/** Orders of names that move, and of names that stay. */
const ORDERS = 20
const KILLS = 6
const HOUR_MS = 3_600_000

const dropAt = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 26 * HOUR_MS
const names = (kind: string, count: number) => Array.from({ length: count }, (_, n) => `${kind}-${n}.test`)
const rows = (listed: readonly string[], hours: number) =>
  listed.map(
    (name) => `test,${name},2026-01-01T00:00:00Z,${new Date(dropAt + hours * HOUR_MS).toISOString()}`,
  )
const listOf = (lines: readonly string[]) => ['TLD,DOMAIN,EXPIRED,PURGED', ...lines, ''].join('\n')
const first = listOf([
  ...rows(names('moved', MOVED), 0),
  ...rows(names('kept', KEPT), 0),
  ...rows(names('gone', GONE), 0),
])
const second = listOf([
  ...rows(names('new', ADDED), 0),
  ...rows(names('moved', MOVED), 2),
  ...rows(names('kept', KEPT), 0),
])

const worlds: World[] = []
let folder: string
const children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'droplock-feed-'))
})
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill))
  rmSync(folder, { recursive: true })
  for (const world of worlds.splice(0)) await world.clone.drop()
})

/** A database with the first list published and some of its names ordered. */
async function givenFirst(): Promise<World> {
  const world = await givenWorld()
  worlds.push(world)
  await world.ctx.db
    .updateTable('registry')
    .set({ moved_percent_max: 100, suspected_percent_max: 100 })
    .execute()
  await publishes(world, '1_domain-drop-list.csv', first)
  const { ctx } = world
  const accountId = await openAccount(asService(ctx), { name: 'A reseller', currency: 'USD' })
  await topUp(ctx, { accountId, amountMinor: 1_000_000n, receiptId: ctx.newId() })
  const buyer = actFor(ctx, { kind: 'account', accountId, keyId: ctx.newId(), scopes, currency: 'USD' })
  for (const name of [...names('moved', ORDERS), ...names('kept', ORDERS)])
    await placeBackorder(buyer, { name, payment: 'balance' })
  return world
}

/** A worker takes this list from its folder, undisturbed. */
async function publishes(world: World, file: string, list: string): Promise<void> {
  writeFileSync(join(folder, file), list)
  const child = startWorker(world)
  await untilPublished(world, file)
  await kill(child)
}

/** Waits until the list is published and the drop list that follows from it is written. */
async function untilPublished(world: World, file: string): Promise<void> {
  await vi.waitFor(async () => {
    const run = await runOf(world, file)
    expect(run?.opened_at).toBeInstanceOf(Date)
    // Times of drop lists have milliseconds.
    const lists = world.ctx.db.selectFrom('drop_list').select('id')
    const written = await lists.where('published_at', '>=', run?.published_at ?? null).execute()
    expect(written).toHaveLength(1)
  }, patient)
}

function startWorker(world: World): ChildProcess {
  const env = {
    DATABASE_URL: world.clone.urls.worker,
    DROPLOCK_FEEDS: JSON.stringify([{ registryId: REGISTRY, path: folder }]),
    DROPLOCK_FEED_POLL_MS: '100',
    DROPLOCK_IDLE_MS: '50',
    DROPLOCK_SWEEP_RUNS_MS: '50',
    DROPLOCK_PUBLICATION: 'at_once',
  }
  const child = spawn(process.execPath, [main], { env, stdio: 'ignore' })
  children.push(child)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** The run that publishes this list: a worker that was killed before may have left another that only read it. */
const runOf = ({ ctx }: World, file: string) =>
  ctx.db
    .selectFrom('sync_run')
    .selectAll()
    .where('source', 'like', `%#${file}`)
    .where('state', 'in', ['publishing', 'published'])
    .executeTakeFirst()

/** How much of the second list is published, of `TOTAL`. */
async function progress(world: World, file: string): Promise<number> {
  const run = await runOf(world, file)
  return (run?.listings_added ?? 0) + (run?.listings_moved ?? 0) + (run?.listings_suspected ?? 0)
}

/** What a publication leaves behind; ids and times of writing are left out. */
async function resultOf(world: World, file: string) {
  const { db } = world.ctx
  const run = await runOf(world, file)
  const listings = await db
    .selectFrom('listing')
    .select(['name', 'cycle', 'state', 'suspect', 'cutoff_at', 'drop_from', 'drop_to'])
    .select((eb) => eb('holder', 'is not', null).as('held'))
    .orderBy('name')
    .execute()
  const changes = await db
    .selectFrom('sync_change')
    .select(['name', 'kind', 'drop_from_before', 'drop_from_after'])
    .where('run_id', '=', run?.id ?? '')
    .orderBy('name')
    .execute()
  const events = await db.selectFrom('event').select(['topic']).orderBy('topic').execute()
  const pending = await db.selectFrom('pending_change').select('listing_id').execute()
  const counts = [run?.listings_added, run?.listings_moved, run?.listings_suspected, run?.listings_unchanged]
  return { state: run?.state, counts, listings, changes, topics: events.map(({ topic }) => topic), pending }
}

test('a publication whose worker is killed with -9, again and again, is completed by others as if undisturbed', async () => {
  const [disturbed, undisturbed] = [await givenFirst(), await givenFirst()]
  const file = '2_domain-drop-list.csv'
  writeFileSync(join(folder, file), second)
  const points = Array.from({ length: KILLS }, () => Math.floor(Math.random() * TOTAL * 0.95)).toSorted(
    (a, b) => a - b,
  )
  const killedAt: number[] = []
  for (const point of points) {
    const worker = startWorker(disturbed)
    await vi.waitFor(async () => expect(await progress(disturbed, file)).toBeGreaterThanOrEqual(point), {
      timeout: 150_000,
      interval: 1,
    })
    await kill(worker)
    killedAt.push(await progress(disturbed, file))
    // What waits for a silence of half a minute finds that it has passed.
    await onServer(disturbed.clone.url, (client) =>
      client.query(
        `update sync_run set alive_at = alive_at - interval '31 seconds' where state = 'publishing'`,
      ),
    )
  }
  const last = startWorker(disturbed)
  await untilPublished(disturbed, file)
  await kill(last)
  await publishes(undisturbed, file, second)

  const result = await resultOf(disturbed, file)
  expect(result.counts).toEqual([ADDED, MOVED, GONE, KEPT])
  expect(result).toEqual(await resultOf(undisturbed, file))
  expect(result.topics.filter((topic) => topic === 'backorder.rescheduled')).toHaveLength(ORDERS)
  // Most of the kills met the publication under way.
  expect(killedAt.filter((done) => done > 0 && done < TOTAL).length).toBeGreaterThanOrEqual(KILLS / 2)
}, 600_000)
