import { changedByEvent, isLiveResource, liveResources } from '@droplock/rules/changes'
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

test('while no worker gives events their positions a change is named all the same, and not again when one does', async () => {
  const buyer = await givenAccount(ctx)
  await changed()
  const { id } = await placeBackorder(buyer, { name: 'a.test', payment: 'balance' })
  expect(await changed()).toEqual({ backorders: [id], listings: 'any' })
  expect(await changed()).toEqual({})
  await advanceFeed(ctx)
  expect(await changed()).toEqual({})
})

test('of more events without positions than one look knows the newest are named', async () => {
  await changed()
  await sql`insert into event (id, topic, subject_id, data, occurred_at)
    select gen_random_uuid(), 'alarm.opened', gen_random_uuid(), '{}', clock_timestamp() - interval '1 minute' from generate_series(1, 600)`.execute(
    clone.db,
  )
  await changed()
  const buyer = await givenAccount(ctx)
  const { id } = await placeBackorder(buyer, { name: 'a.test', payment: 'balance' })
  expect(await changed()).toMatchObject({ backorders: [id] })
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

test('people and keys are named when what is seen of them changes, and not at each sign-in or use', async () => {
  const buyer = await givenAccount(ctx)
  const { actor } = await givenStaff(ctx, 'admin')
  const keyId = ctx.newId()
  await sql`insert into api_key (id, account_id, key_sha256, label, scopes)
    values (${keyId}, ${buyer.actor.accountId}, sha256('a test'), 'a test', '{listings:read}')`.execute(
    clone.db,
  )
  expect(await changed()).toMatchObject({ accounts: 'any', staff: [actor.staffId] })
  await sql`update staff_account set failed_sign_ins = 1`.execute(clone.db)
  await sql`update api_key set last_used_on = current_date`.execute(clone.db)
  expect(await changed()).toEqual({})
  await sql`update staff_account set roles = '{viewer,admin}'`.execute(clone.db)
  await sql`update api_key set revoked_at = clock_timestamp()`.execute(clone.db)
  expect(await changed()).toEqual({ accounts: [buyer.actor.accountId], staff: [actor.staffId] })
})

test('every list of which windows are notified has something that notes its changes', async () => {
  const { rows } = await sql<{ resource: string }>`
    select distinct substring(pg_get_triggerdef(pg_trigger.oid) from 'note_[a-z]+[(]''([a-z-]+)''') as resource from pg_trigger
    join pg_proc on pg_proc.oid = tgfoid where proname in ('note_changes', 'note_statement')`.execute(
    clone.db,
  )
  const byEvent = Object.values(changedByEvent).flatMap(({ subject, others }) =>
    [subject ?? [], others].flat(),
  )
  const noted = new Set([...rows.map(({ resource }) => resource), ...byEvent, 'registry-account-statuses'])
  expect(Object.keys(liveResources).filter((resource) => !noted.has(resource))).toEqual([])
  expect([...noted].filter((resource) => !isLiveResource(resource))).toEqual([])
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
