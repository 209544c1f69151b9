import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { pruneNotices } from '../../src/changes/prune.ts'
import { beginLooks, type Look, readChanges } from '../../src/changes/read.ts'
import type { Context } from '../../src/context.ts'
import { advanceFeed } from '../../src/events/feed.ts'
import { stopRegistry } from '../../src/registry-stops/stop.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  REGISTRY,
} from '../support/world.ts'

let clone: Clone
let ctx: Context
let look: Look

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 6 })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
  await givenListings(ctx, { names: ['a.test'] })
  await advanceFeed(ctx)
  look = await beginLooks(ctx)
})
afterEach(() => clone.drop())

/** What has changed since the last look, as the console's server reads it, with its role. */
async function changed() {
  const found = await readChanges({ ...ctx, db: clone.openAs('console_api') }, look)
  if (found === undefined) return undefined
  look = found.look
  return Object.fromEntries(found.changes.take().map(({ resource, ids }) => [resource, ids ?? 'any']))
}

const notices = async () => (await clone.db.selectFrom('change_notice').selectAll().execute()).length

test('an order is a change of its backorder by id, by its event, and is named once', async () => {
  const buyer = await givenAccount(ctx)
  await changed()
  const { id } = await placeBackorder(buyer, { name: 'a.test', payment: 'balance' })
  await advanceFeed(ctx)
  expect(await changed()).toEqual({ backorders: [id], listings: 'any' })
  expect(await changed()).toEqual({})
})

test('an order writes no notice: its path is as short as it was', async () => {
  const buyer = await givenAccount(ctx)
  const before = await notices()
  await placeBackorder(buyer, { name: 'a.test', payment: 'balance' })
  expect(await notices()).toBe(before)
})

test('what changes without an event is named by its id, with the entry in the audit', async () => {
  const operator = await givenStaff(ctx, 'operator')
  await changed()
  await stopRegistry(operator, { registryId: REGISTRY, reason: 'a test' })
  await advanceFeed(ctx)
  const { id } = await clone.db.selectFrom('registry_stop').select('id').executeTakeFirstOrThrow()
  expect(await changed()).toMatchObject({ 'registry-stops': [id], audit: 'any' })
})

test('a change that is committed late is named after its commit, once, though later ones were named before', async () => {
  const late = await clone.db.startTransaction().execute()
  await sql`insert into registry (id, profile) values ('late', 'generic')`.execute(late)
  await sql`update registry set suspected_percent_max = 21 where id = ${REGISTRY}`.execute(clone.db)
  expect(await changed()).toMatchObject({ registries: 'any' })
  expect(await changed()).toEqual({})
  await late.commit().execute()
  expect(await changed()).toMatchObject({ registries: 'any' })
  expect(await changed()).toEqual({})
})

test('columns that nobody sees are no change, nor is a statement that changes nothing', async () => {
  await sql`update registry set publications = publications + 1`.execute(clone.db)
  await sql`update registry set suspected_percent_max = 22 where false`.execute(clone.db)
  expect(await changed()).toEqual({})
})

test('of many records the list alone is named', async () => {
  const ids = Array.from({ length: 51 }, () => ctx.newId())
  await sql`insert into finance_task (id, kind, subject_id, detail, opened_at)
    select id, 'refund_failed', id, 'a test', now() from unnest(${ids}::uuid[]) as id`.execute(clone.db)
  expect(await changed()).toEqual({ 'finance-tasks': 'any' })
})

test('who has not looked for minutes, or looks at a feed that was pruned, has to read everything again', async () => {
  const { at, position } = look
  look = { ...look, at: new Date(at.getTime() - 121_000) }
  expect(await changed()).toBeUndefined()
  look = { ...look, at, position: position + 1n }
  expect(await changed()).toBeUndefined()
})

test('the report of an account is a change where it says something new, and when it has become old', async () => {
  await sql`insert into registry_account_status (registry_account_id, lease_epoch, lease_owner, leased_at, phase, problems,
      commands_in_second, commands_in_minute, armed, prepared, firing, ambiguous, reported_at)
    select id, 1, ${ctx.newId()}, now(), 'driven', '{}', 0, 0, 0, 0, 0, 0, clock_timestamp() from registry_account`.execute(
    clone.db,
  )
  const { id } = await clone.db.selectFrom('registry_account').select('id').executeTakeFirstOrThrow()
  expect(await changed()).toEqual({ 'registry-account-statuses': [id] })
  await sql`update registry_account_status set reported_at = clock_timestamp()`.execute(clone.db)
  expect(await changed()).toEqual({})
  await sql`update registry_account_status set firing = 1`.execute(clone.db)
  expect(await changed()).toEqual({ 'registry-account-statuses': [id] })
  await sql`update registry_account_status set reported_at = clock_timestamp() - interval '6 seconds'`.execute(
    clone.db,
  )
  expect(await changed()).toEqual({ 'registry-account-statuses': [id] })
})

test('notices are removed when nobody needs them any more', async () => {
  await sql`update registry set suspected_percent_max = 23`.execute(clone.db)
  await sql`update change_notice set noted_at = noted_at - interval '11 minutes' where xid = (select min(xid) from change_notice)`.execute(
    clone.db,
  )
  const before = await notices()
  expect(await pruneNotices({ ...ctx, db: clone.openAs('worker') })).toBeGreaterThan(0)
  expect(await notices()).toBeLessThan(before)
})
