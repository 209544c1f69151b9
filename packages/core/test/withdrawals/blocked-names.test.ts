import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { blockNames, NAMES_MAX } from '../../src/blocked-names/block.ts'
import { findBlock, listBlockedNames } from '../../src/blocked-names/read.ts'
import { unblockName } from '../../src/blocked-names/unblock.ts'
import { withdrawListedBlocked } from '../../src/blocked-names/withdraw-listed.ts'
import type { AccountContext, Context, StaffContext } from '../../src/context.ts'
import { violated } from '../../src/database/errors.ts'
import { getListing } from '../../src/listings/read.ts'
import { searchListings } from '../../src/listings/search.ts'
import { diffRun, listChanges } from '../../src/lists/changes.ts'
import { publishRun } from '../../src/lists/publish.ts'
import { openDue } from '../../src/schedule/steps.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, givenStaff, stage } from '../support/world.ts'

const NAME = 'notice.test'
const reason = 'a court order'
const once = { names: [NAME], reason, untilAt: null, dryRun: false }

let clone: Clone
let ctx: Context
let operator: StaffContext
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 12 })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
  operator = await givenStaff(ctx, 'operator')
})
afterEach(() => clone.drop())

async function statesOf(name: string): Promise<readonly string[]> {
  const rows = ctx.db.selectFrom('listing').select('state').where('name', '=', name).orderBy('cycle')
  return (await rows.execute()).map(({ state }) => state)
}

/** In its view, and in the three kinds of search. */
async function expectNotOrderable(buyer: AccountContext): Promise<void> {
  const search = { state: 'open', order: 'cutoff', limit: 10 } as const
  expect(await getListing(buyer, NAME)).toMatchObject({ state: 'open', orderable: false })
  expect(await searchListings(buyer, search)).toMatchObject({ items: [{ name: NAME, orderable: false }] })
  expect(await searchListings(buyer, { ...search, orderable: true })).toMatchObject({ items: [] })
  expect(await searchListings(buyer, { ...search, orderable: false })).toMatchObject({
    items: [{ name: NAME }],
  })
}

describe('a blocked name', () => {
  test('is withdrawn, no later list lists it, and after the block ended the next list does', async () => {
    await givenListings(ctx, { names: [NAME] })
    expect(await blockNames(operator, once)).toMatchObject([{ name: NAME, result: 'withdrawn' }])
    const run = await stage(ctx, { names: [NAME, 'other.test'] })
    expect(await diffRun(operator, run.id)).toMatchObject({ added: 1, blocked: 1, unchanged: 0 })
    const published = await publishRun(ctx, { runId: run.id, opensAt: new Date(0) })
    expect(published).toMatchObject({ added: 1, blocked: 1, unchanged: 0 })
    const changes = await listChanges(operator, { runId: run.id, kind: 'blocked', offset: 0, limit: 9 })
    expect(changes.items).toMatchObject([{ name: NAME, listingId: null }])
    await openDue(ctx.db)
    expect(await statesOf(NAME)).toEqual(['withdrawn'])
    expect(await statesOf('other.test')).toEqual(['open'])
    await unblockName(operator, { id: await findBlock(operator, NAME), reason: 'the order was lifted' })
    await givenListings(ctx, { names: [NAME] })
    expect(await statesOf(NAME)).toEqual(['withdrawn', 'open'])
  })

  test('can be one that was never listed, and is listed when its time is over', async () => {
    const untilAt = new Date(Date.now() + 3_600_000)
    expect(await blockNames(operator, { ...once, untilAt })).toMatchObject([{ result: 'blocked' }])
    await givenListings(ctx, { names: [NAME] })
    expect(await statesOf(NAME)).toEqual([])
    await sql`alter table blocked_name disable trigger block_terms_are_final`.execute(ctx.db)
    await sql`update blocked_name set blocked_at = blocked_at - interval '1 day', until_at = until_at - interval '2 hours'`.execute(
      ctx.db,
    )
    await givenListings(ctx, { names: [NAME] })
    expect(await statesOf(NAME)).toEqual(['open'])
    // It can be blocked again; the block whose time was over ends.
    expect(await blockNames(operator, once)).toMatchObject([{ result: 'withdrawn' }])
    const { items } = await listBlockedNames(operator, { offset: 0, limit: 10 })
    expect(items.map(({ inForce, endReason }) => [inForce, endReason])).toEqual([
      [true, null],
      [false, 'its time was over'],
    ])
  })

  test('with a holder is not blocked by one person', async () => {
    await givenListings(ctx, { names: [NAME] })
    await placeBackorder(await givenAccount(ctx), { name: NAME, payment: 'balance' })
    expect(await blockNames(operator, once)).toMatchObject([{ result: 'held' }])
    expect(await statesOf(NAME)).toEqual(['open'])
    expect(await listBlockedNames(operator, { offset: 0, limit: 10 })).toMatchObject({ total: 0 })
  })

  test('that is listed all the same cannot be ordered, from the balance or by card, and a sweep withdraws it', async () => {
    await givenListings(ctx, { names: [NAME] })
    // As if a list had added it in the moment in which it was blocked.
    await sql`insert into blocked_name (id, name, zone, reason, blocked_by, blocked_at)
      values (${ctx.newId()}, ${NAME}, 'test', 'a test', 'a person', clock_timestamp())`.execute(ctx.db)
    const buyer = await givenAccount(ctx)
    await expectNotOrderable(buyer)
    for (const payment of ['balance', 'card'] as const)
      await expect(placeBackorder(buyer, { name: NAME, payment })).rejects.toMatchObject({
        code: 'name_blocked',
      })
    expect(await withdrawListedBlocked(ctx)).toBe(1)
    expect(await withdrawListedBlocked(ctx)).toBe(0)
    expect(await statesOf(NAME)).toEqual(['withdrawn'])
  })

  test('is refused to every way of ordering by blocked_name_is_not_claimed', async () => {
    await givenListings(ctx, { names: [NAME] })
    await sql`insert into blocked_name (id, name, zone, reason, blocked_by, blocked_at)
      values (${ctx.newId()}, ${NAME}, 'test', 'a test', 'a person', clock_timestamp())`.execute(ctx.db)
    const take = sql`update listing set holder = ${ctx.newId()} where name = ${NAME}`.execute(ctx.db)
    expect(violated(await take.catch((error: unknown) => error), 'blocked_name_is_not_claimed')).toBe(true)
  })
})

test('names that are wrong, not served, repeated or blocked already each have their result, and a dry run changes nothing', async () => {
  await givenListings(ctx, { names: ['listed.test'] })
  await blockNames(operator, once)
  const names = ['Listed.TEST', 'listed.test.', NAME, 'a..test', 'x.nowhere', 'a.b.test', 'new.test']
  const results = [
    ['listed.test', 'withdrawn'],
    [NAME, 'already_blocked'],
    ['a..test', 'invalid_name'],
    ['x.nowhere', 'zone_not_served'],
    ['a.b.test', 'invalid_name'],
    ['new.test', 'blocked'],
  ]
  for (const dryRun of [true, false]) {
    const items = await blockNames(operator, { ...once, names, dryRun })
    expect(items.map(({ name, result }) => [name, result])).toEqual(results)
    expect(await statesOf('listed.test')).toEqual([dryRun ? 'open' : 'withdrawn'])
  }
  expect(await listBlockedNames(operator, { offset: 0, limit: 10, inForce: true })).toMatchObject({
    total: 3,
  })
})

test('too many names, an end in the past, no reason and a role without the permission are refused', async () => {
  const many = Array.from({ length: NAMES_MAX + 1 }, (_, index) => `n${index}.test`)
  await expect(blockNames(operator, { ...once, names: many })).rejects.toMatchObject({
    code: 'invalid_request',
  })
  await expect(blockNames(operator, { ...once, untilAt: new Date(0) })).rejects.toMatchObject({
    code: 'invalid_request',
  })
  await expect(blockNames(operator, { ...once, reason: ' ' })).rejects.toMatchObject({
    code: 'reason_required',
  })
  const viewer = await givenStaff(ctx, 'viewer')
  await expect(blockNames(viewer, once)).rejects.toMatchObject({ code: 'forbidden' })
})

test('of an order and a block at once one wins: the name is held and not blocked, or blocked and not held', async () => {
  const buyer = await givenAccount(ctx, { balanceMinor: 10_000_000n })
  const names = Array.from({ length: 30 }, (_, index) => `race-${index}.test`)
  await givenListings(ctx, { names })
  await Promise.all(
    names.flatMap((name) => [
      placeBackorder(buyer, { name, payment: 'balance' }).catch(() => undefined),
      blockNames(operator, { ...once, names: [name] }).catch(() => undefined),
    ]),
  )
  const { rows } = await sql<{ held: boolean; blocked: boolean }>`
    select holder is not null as held, exists (select from blocked_name where name = listing.name) as blocked from listing`.execute(
    ctx.db,
  )
  expect(rows).toHaveLength(30)
  expect(rows.filter(({ held, blocked }) => held === blocked)).toEqual([])
})

test('of 10 people who block a name at once one does, and its audit has one entry', async () => {
  const results = await Promise.all(Array.from({ length: 10 }, () => blockNames(operator, once)))
  expect(results.flat().filter(({ result }) => result === 'blocked')).toHaveLength(1)
  const entries = ctx.db.selectFrom('audit_entry').select('reason').where('action', '=', 'name.blocked')
  expect(await entries.execute()).toEqual([{ reason }])
})
