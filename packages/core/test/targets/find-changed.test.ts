import { CompiledQuery, sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { recording } from '../../bench/search/buffers.ts'
import type { Context } from '../../src/context.ts'
import { acquireLease, type Lease } from '../../src/leases.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import {
  findChangedTargets,
  type LookedAt,
  listUndecidedTargets,
  readLookedAt,
} from '../../src/targets/read.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { givenArmedTargets, outcomeOf } from '../support/drop.ts'
import { contextOf, OUR_ACCOUNT, REGISTRY_ACCOUNT, ZONE } from '../support/world.ts'

let clone: Clone
let ctx: Context
let ids: Readonly<Record<'one' | 'two', string>>
let lease: Lease
beforeEach(async () => {
  clone = await cloneDatabase()
  ctx = contextOf(clone.db)
  const [one, two] = await givenArmedTargets(ctx, ['one.test', 'two.test'])
  if (one === undefined || two === undefined) throw new Error('no targets')
  ids = { one: one.id, two: two.id }
  const acquired = await acquireLease(ctx, REGISTRY_ACCOUNT, ctx.newId(), 60_000)
  if (acquired === undefined) throw new Error('no lease')
  lease = acquired
})
afterEach(() => clone.drop())

const YEAR_9000 = new Date('9000-01-01')
const look = (lookedAt: LookedAt, startingAfter = YEAR_9000) =>
  findChangedTargets(ctx, OUR_ACCOUNT, { lookedAt, startingAfter, startingBefore: YEAR_9000 })

/** A look after which nothing has changed. Transactions of other databases of the server delay it. */
async function settled(): Promise<LookedAt> {
  const lookedAt = await readLookedAt(ctx)
  await vi.waitFor(
    async () => expect(await look(await readLookedAt(ctx))).toMatchObject({ changed: [], decided: [] }),
    { timeout: 60_000 },
  )
  return (await look(lookedAt)).lookedAt
}

const setTarget = (id: string, changes: { grace_until: Date }) =>
  ctx.db.updateTable('catch_target').set(changes).where('id', '=', id).execute()

test('what was not changed since the last look is not found, and what was is found, once', async () => {
  const before = await settled()
  await setTarget(ids.one, { grace_until: YEAR_9000 })
  const first = await look(before)
  expect(first).toMatchObject({ changed: [ids.one], decided: [], zonesChanged: false })
  await vi.waitFor(async () => expect((await look(await readLookedAt(ctx))).changed).toEqual([]), {
    timeout: 60_000,
  })
})

test('a change that was committed after the look, in a transaction that began before, is found', async () => {
  const { promise: changed, resolve: isChanged } = Promise.withResolvers<void>()
  const { promise: looked, resolve: isLooked } = Promise.withResolvers<void>()
  const changing = clone.db.transaction().execute(async (tx) => {
    await sql`update catch_target set grace_until = ${YEAR_9000} where id = ${ids.two}`.execute(tx)
    isChanged()
    await looked
  })
  await changed
  // Later transactions have larger numbers, and are committed before it.
  await setTarget(ids.one, { grace_until: YEAR_9000 })
  const lookedAt = await readLookedAt(ctx)
  isLooked()
  await changing
  expect((await look(lookedAt)).changed).toContain(ids.two)
})

test('a change in a savepoint is found', async () => {
  const before = await settled()
  await clone.db.transaction().execute(async (tx) => {
    await sql`savepoint part`.execute(tx)
    await sql`update catch_target set grace_until = ${YEAR_9000} where id = ${ids.two}`.execute(tx)
    await sql`release savepoint part`.execute(tx)
  })
  expect((await look(before)).changed).toEqual([ids.two])
})

test("the account's own tries, withdrawals, zones and decisions are changes too", async () => {
  const armed = await settled()
  await beginFiring(ctx, [ids.one, ids.two], lease)
  expect((await look(armed)).changed.toSorted()).toEqual([ids.one, ids.two].toSorted())

  const fired = await settled()
  await sql`update target_try set awarded = false where target_id = ${ids.one}`.execute(ctx.db)
  expect((await look(fired)).changed).toEqual([ids.one])

  const awarded = await settled()
  await sql`alter table withdrawal disable trigger user`.execute(ctx.db)
  await sql`insert into withdrawal (listing_id, at, reason)
    select listing_id, clock_timestamp(), 'a court order' from catch_target where id = ${ids.two}`.execute(
    ctx.db,
  )
  expect((await look(awarded)).changed).toEqual([ids.two])

  const withdrawn = await settled()
  await sql`update zone set may_have_premium = not may_have_premium where name = ${ZONE}`.execute(ctx.db)
  expect(await look(withdrawn)).toMatchObject({ changed: [], zonesChanged: true })

  const policy = await settled()
  const { listing_id } = await ctx.db
    .selectFrom('catch_target')
    .select('listing_id')
    .where('id', '=', ids.one)
    .executeTakeFirstOrThrow()
  await recordOutcome(ctx, outcomeOf(ids.one, listing_id, 'registered'))
  expect(await look(policy)).toMatchObject({ changed: [], decided: [ids.one] })
})

test('a target whose window has come near is found although nothing was changed', async () => {
  const before = await settled()
  expect((await look(before, new Date(0))).changed.toSorted()).toEqual([ids.one, ids.two].toSorted())
})

test('decided targets are found by an index, however many there are', async () => {
  const { db, asked } = recording(clone.db)
  const around = { lookedAt: await readLookedAt(ctx), startingAfter: YEAR_9000, startingBefore: YEAR_9000 }
  await findChangedTargets({ ...ctx, db }, OUR_ACCOUNT, around)
  const plan = await clone.db.transaction().execute(async (tx) => {
    // Of two targets every row would be read.
    await sql`set local enable_seqscan = off`.execute(tx)
    const explained = asked.map(({ sql: text, parameters }) =>
      CompiledQuery.raw(`explain ${text}`, [...parameters]),
    )
    const plans = await Promise.all(
      explained.map((query) => tx.executeQuery<{ 'QUERY PLAN': string }>(query)),
    )
    return plans.flatMap(({ rows }) => rows.map((row) => row['QUERY PLAN'])).join('\n')
  })
  expect(plan).toContain('target_with_all_attempts')
  expect(plan).toMatch(/Index Cond: \(decided_at > /u)
})

test('of the targets that are asked for those are read that are to be worked on', async () => {
  const read = async (startingBefore: Date) =>
    (await listUndecidedTargets(ctx, OUR_ACCOUNT, startingBefore, [], [ids.two])).map(({ id }) => id)
  expect(await read(YEAR_9000)).toEqual([ids.two])
  expect(await read(new Date(0))).toEqual([])
})
