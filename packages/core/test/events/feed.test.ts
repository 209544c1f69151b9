import { type Kysely, sql, type Transaction } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { isUnreachable } from '../../src/database/errors.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { advanceFeed, type Event, lockFeed, readEvents, readFeed } from '../../src/events/feed.ts'
import { publish } from '../../src/events/publish.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { advanceAll } from '../support/receivers.ts'
import { contextOf, givenAccount, givenListings, givenRegistry } from '../support/world.ts'

const WRITERS = 50
const TRANSACTIONS_PER_WRITER = 20
/** Writers whose first transaction stays open until the reader is far beyond it. */
const LATE_WRITERS = 5
const FAR = 300n

const patient = { timeout: 60_000, interval: 20 }

let clone: Clone
let ctx: Context
let buyer: AccountContext
let backorderId: string

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: WRITERS + 10 })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
  await givenListings(ctx, { names: ['a.test'] })
  buyer = await givenAccount(ctx)
  backorderId = (await placeBackorder(buyer, { name: 'a.test', payment: 'balance' })).id
})
afterEach(() => clone.drop())

/** A number from 0 to below 1 that looks like chance and is the same in every run. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

/** An event of the order, in a transaction that the caller ends. Its id. */
async function write(tx: Transaction<Database>): Promise<string> {
  const id = ctx.newId()
  await publish(tx, { ...ctx, newId: () => id }, 'backorder.rescheduled', backorderId)
  return id
}

async function begin(db: Kysely<Database>) {
  const tx = await db.startTransaction().execute()
  return { tx, id: await write(tx) }
}

class RolledBack extends Error {}

/** One writer: transactions of other lengths, every fifth of them undone. The ids of what it committed. */
async function runWriter(number: number, isFar: () => Promise<unknown>): Promise<readonly string[]> {
  const chance = chances(number + 1)
  const committed: string[] = []
  for (let turn = 0; turn < TRANSACTIONS_PER_WRITER; turn += 1) {
    const isUndone = chance() < 0.2
    const written = ctx.db.transaction().execute(async (tx) => {
      const ids: string[] = []
      for (let more = Math.ceil(chance() * 3); more > 0; more -= 1) {
        ids.push(await write(tx))
        for (let query = Math.floor(chance() * 10); query > 0; query -= 1) await sql`select 1`.execute(tx)
      }
      if (number < LATE_WRITERS && turn === 0) await isFar()
      if (isUndone) throw new RolledBack()
      return ids
    })
    committed.push(
      ...(await written.catch((error: unknown) => {
        if (error instanceof RolledBack) return []
        throw error
      })),
    )
  }
  return committed
}

test(`a reader beside ${WRITERS} writers skips no event, however late it commits, and gets none twice`, async () => {
  const read: Event[] = []
  let cursor = 0n
  const written = new AbortController()
  let isNumbered = false
  const numberOn = async () => {
    while (!written.signal.aborted) await advanceFeed(ctx)
    await advanceAll(ctx)
  }
  const readOn = async () => {
    for (;;) {
      const wereAll = isNumbered && (await readFeed(ctx)).last === cursor
      const page = await readEvents(ctx, { after: cursor, limit: 50 })
      read.push(...page.events)
      cursor = page.cursor
      if (wereAll) return
    }
  }
  const isFar = () => vi.waitFor(() => expect(cursor).toBeGreaterThan(FAR), patient)
  const writing = Promise.all(Array.from({ length: WRITERS }, (_, number) => runWriter(number, isFar)))
  const numbering = Promise.all([numberOn(), numberOn()])
  const reading = readOn()
  const committed = (await writing).flat()
  written.abort()
  await numbering
  // What another was numbering when the last of them looked.
  await advanceAll(ctx)
  isNumbered = true
  await reading

  const secured = read.filter(({ topic }) => topic === 'backorder.secured')
  const ids = read.filter(({ topic }) => topic === 'backorder.rescheduled').map(({ id }) => id)
  expect(secured).toHaveLength(1)
  expect(ids).toHaveLength(committed.length)
  expect(new Set(ids)).toEqual(new Set(committed))
  expect(read.map(({ position }) => position)).toEqual(read.map((_, index) => BigInt(index) + 1n))
}, 120_000)

/** Follows a number that rises, as a reader would that knows nothing of commits. */
async function readByNumber(after: bigint) {
  const { rows } = await sql<{ id: string; number: bigint }>`
    select id, number from event where number > ${after} order by number`.execute(ctx.db)
  return rows
}

test('an event that commits after a later one is read after it; a reader of a serial number would skip it', async () => {
  await sql`alter table event add number bigint generated always as identity`.execute(ctx.db)
  await advanceFeed(ctx)
  const start = await readEvents(ctx, { limit: 10 })
  const serialStart = (await readByNumber(0n)).at(-1)?.number ?? 0n

  const late = await begin(ctx.db)
  const early = await begin(ctx.db)
  await early.tx.commit().execute()
  await advanceFeed(ctx)
  const first = await readEvents(ctx, { after: start.cursor, limit: 10 })
  const serialFirst = await readByNumber(serialStart)
  await late.tx.commit().execute()
  await advanceFeed(ctx)
  const second = await readEvents(ctx, { after: first.cursor, limit: 10 })
  const serialSecond = await readByNumber(serialFirst.at(-1)?.number ?? 0n)

  expect(first.events.map(({ id }) => id)).toEqual([early.id])
  expect(second.events.map(({ id }) => id)).toEqual([late.id])
  expect(serialFirst.map(({ id }) => id)).toEqual([early.id])
  expect(serialSecond).toEqual([])
})

test('of many that number at once one does, and positions have neither gaps nor duplicates', async () => {
  await ctx.db.transaction().execute(async (tx) => {
    for (let count = 0; count < 1_200; count += 1) await write(tx)
  })
  const isDone = async () => (await readFeed(ctx)).last === 1_201n
  const numberAll = async () => {
    let numbered = 0
    while (!(await isDone())) numbered += await advanceFeed(ctx)
    return numbered
  }
  const counts = await Promise.all(Array.from({ length: 8 }, numberAll))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1_201)
  const { rows } = await sql<{ count: bigint; highest: bigint }>`
    select count(distinct position) as count, max(position) as highest from event`.execute(ctx.db)
  expect(rows).toEqual([{ count: 1_201n, highest: 1_201n }])
})

test('while one process is numbering others do not, and nothing is visible before the commit', async () => {
  const numberer = await ctx.db.startTransaction().execute()
  await sql`select from event_feed for update`.execute(numberer)
  await sql`update event set position = 1`.execute(numberer)
  await sql`update event_feed set last_position = 1`.execute(numberer)
  expect(await advanceFeed(ctx)).toBe(0)
  expect(await readEvents(ctx, { limit: 10 })).toEqual({ events: [], cursor: 0n, hasMore: false })
  await numberer.commit().execute()
  expect(await readEvents(ctx, { limit: 10 })).toMatchObject({ events: [{ position: 1n }], cursor: 1n })
})

test('a process that dies while numbering has numbered nothing, and the next one does', async () => {
  const numberer = await ctx.db.startTransaction().execute()
  await sql`select from event_feed for update`.execute(numberer)
  await sql`update event set position = 1`.execute(numberer)
  await numberer.rollback().execute()
  expect(await advanceFeed(ctx)).toBe(1)
})

test('a process that freezes while numbering does not block the feed', async () => {
  const frozen = ctx.db.transaction().execute(async (tx) => {
    expect(await lockFeed(tx, 2_000)).toMatchObject({ lastPosition: 0n })
    expect(await advanceFeed(ctx)).toBe(0)
    await vi.waitFor(async () => expect(await advanceFeed(ctx)).toBe(1), patient)
  })
  await expect(frozen).rejects.toSatisfy(isUnreachable)
})
