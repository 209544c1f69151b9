import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { placeInTurn } from '../../src/backorders/place-in-turn.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { getListing } from '../../src/listings/read.ts'
import { searchListings } from '../../src/listings/search.ts'
import { publishRun } from '../../src/lists/publish.ts'
import { openDue } from '../../src/schedule/steps.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { watchName } from '../../src/watches.ts'
import { keyedRequest } from '../support/keyed.ts'
import { beforeTheGate } from '../support/paused-gate.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, stage } from '../support/world.ts'

const AT_ONCE = new Date(0)
const names = (count: number) => Array.from({ length: count }, (_, n) => `name-${n}.test`)
const all = { order: 'name', limit: 50 } as const

let clone: Clone
let ctx: Context
let buyer: AccountContext
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 12 })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
  buyer = await givenAccount(ctx)
})
afterEach(() => clone.drop())

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { readonly code?: string }) => error.code ?? String(error),
  )

test('before its gate opens no name of a list is shown or can be ordered in any way; after it all are', async () => {
  const place = placeInTurn()
  const order = (name: string) => [
    placeBackorder(buyer, { name, payment: 'balance' }),
    placeBackorder(buyer, { name, payment: 'card' }),
    place(buyer, { name }, keyedRequest()),
    getListing(buyer, name),
  ]
  const run = await stage(ctx, { names: names(30) })
  const publish = () => publishRun(ctx, { runId: run.id, opensAt: AT_ONCE })
  await beforeTheGate(clone, ctx, publish, async () => {
    const added = await ctx.db.selectFrom('listing').select('state').execute()
    expect(added).toEqual(names(30).map(() => ({ state: 'upcoming' })))
    const answers = await Promise.all(order('name-0.test').map(codeOf))
    expect(new Set(answers)).toEqual(new Set(['listing_not_found']))
    expect((await searchListings(buyer, { ...all, state: 'upcoming' })).items).toEqual([])
    expect((await watchName(buyer, 'name-0.test')).listing).toBeNull()
    expect(await openDue(ctx.db)).toBe(0)
  })
  const shown = (await searchListings(buyer, { ...all, state: 'open' })).items
  expect(shown.filter(({ orderable }) => orderable)).toHaveLength(30)
  const answers = await Promise.all(order('name-0.test').map(codeOf))
  expect(answers.filter((answer) => answer === 'done')).toHaveLength(2)
})

test('while a list adds the next cycle of a name, its last one is shown', async () => {
  await givenListings(ctx, { names: ['again.test'] })
  for (const state of ['closed', 'dropping']) await sql`update listing set state = ${state}`.execute(ctx.db)
  await sql`update listing set state = 'unsold', ended_at = clock_timestamp()`.execute(ctx.db)
  const run = await stage(ctx, { names: ['again.test'] })
  const publish = () => publishRun(ctx, { runId: run.id, opensAt: AT_ONCE })
  await beforeTheGate(clone, ctx, publish, async () => {
    expect(await getListing(buyer, 'again.test')).toMatchObject({ cycle: 1, state: 'unsold' })
    expect(await codeOf(placeBackorder(buyer, { name: 'again.test', payment: 'balance' }))).toBe(
      'listing_closed',
    )
  })
  expect(await getListing(buyer, 'again.test')).toMatchObject({ cycle: 2, orderable: true })
})

test('of the orders that race with the gate none is accepted before it opens, and all are after it', async () => {
  const buyers = await Promise.all(Array.from({ length: 6 }, () => givenAccount(ctx)))
  for (let round = 0; round < 5; round += 1) {
    const wanted = names(300).map((name) => `${round}-${name}`)
    const run = await stage(ctx, { names: wanted })
    const ordering = buyers.map(async (each, index) => {
      const name = `${round}-name-${index * 40}.test`
      let refused = 0
      while ((await codeOf(placeBackorder(each, { name, payment: 'balance' }))) !== 'done') refused += 1
      return refused
    })
    await publishRun(ctx, { runId: run.id, opensAt: AT_ONCE })
    await Promise.all(ordering)
  }
  const { rows } = await sql<{ early: bigint; taken: bigint }>`
    select count(*) filter (where secured_at < listed_at) as early, count(*) as taken
    from backorder join listing on listing.id = listing_id join sync_run on sync_run.id = publication_id`.execute(
    ctx.db,
  )
  expect(rows[0]).toEqual({ early: 0n, taken: 30n })
})

test('from its opening time on an upcoming name is shown as open and can be ordered, however late the sweep is', async () => {
  const opensAt = new Date(Date.now() + 3_600_000)
  await givenListings(ctx, {
    names: ['a.test', 'b.test', 'c.test'],
    purgeAt: new Date(Date.now() + 9e6),
    opensAt,
  })
  expect(await getListing(buyer, 'a.test')).toMatchObject({ state: 'upcoming', orderable: false })
  expect(await codeOf(placeBackorder(buyer, { name: 'a.test', payment: 'balance' }))).toBe(
    'listing_not_open_yet',
  )
  await sql`update listing set opens_at = statement_timestamp()`.execute(ctx.db)
  expect(await getListing(buyer, 'a.test')).toMatchObject({ state: 'open', orderable: true })
  expect((await searchListings(buyer, { ...all, state: 'open' })).items).toHaveLength(3)
  expect((await searchListings(buyer, { ...all, state: 'upcoming' })).items).toEqual([])
  await placeBackorder(buyer, { name: 'a.test', payment: 'balance' })
  await placeBackorder(buyer, { name: 'b.test', payment: 'card' })
  const states = await ctx.db.selectFrom('listing').select('state').orderBy('name').execute()
  expect(states.map(({ state }) => state)).toEqual(['open', 'open', 'upcoming'])
})

test('the sweep opens what is due in batches, and then does not look at the list again', async () => {
  const opensAt = new Date(Date.now() + 3_600_000)
  await givenListings(ctx, { names: names(1_200), purgeAt: new Date(Date.now() + 9e6), opensAt })
  expect(await openDue(ctx.db)).toBe(0)
  await sql`update listing set opens_at = statement_timestamp()`.execute(ctx.db)
  const opened = [await openDue(ctx.db), await openDue(ctx.db), await openDue(ctx.db), await openDue(ctx.db)]
  expect(opened).toEqual([500, 500, 200, 0])
  const [run] = await ctx.db.selectFrom('sync_run').select('opened_at').execute()
  expect(run?.opened_at).not.toBeNull()
})
