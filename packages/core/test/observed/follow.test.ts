import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { asService, type Context } from '../../src/context.ts'
import { newId } from '../../src/new-id.ts'
import { findOffSchedule } from '../../src/observed/find-off-schedule.ts'
import { type Followed, followNextBatch } from '../../src/observed/follow.ts'
import { advanceScheduleChange } from '../../src/schedule-changes/advance.ts'
import { applyChange } from '../../src/schedule-changes/apply.ts'
import { previewChange } from '../../src/schedule-changes/preview.ts'
import { getChange, listChangedListings, listChanges } from '../../src/schedule-changes/read.ts'
import { undoChange } from '../../src/schedule-changes/undo.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordAttempts } from '../../src/targets/record.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { changeZonePolicy } from '../../src/zone-policy.ts'
import { givenArmedTargets, moveBatch } from '../support/drop.ts'
import { contextOf, REGISTRY_ACCOUNT, ZONE } from '../support/world.ts'

let clone: Clone
let ctx: Context
/** The same database, with the rights of the worker. */
let worker: Context
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 8 })
  ctx = contextOf(clone.db)
  worker = contextOf(clone.openAs('worker'))
})
afterEach(() => clone.drop())

const names = Array.from({ length: 4 }, (_, index) => `name-${index}.test`)

/**
 * Firing targets with a window of an hour in the middle of a day, which ended so many minutes ago, as `info` shows. Windows follow up
 * to an hour.
 */
type Targets = Awaited<ReturnType<typeof givenArmedTargets>>

async function givenStillRegistered(minutes: number, beforeFiring?: (targets: Targets) => Promise<void>) {
  const targets = await givenArmedTargets(ctx, names)
  const noon = new Date().getUTCHours() < 12 ? 'Etc/GMT-6' : 'Etc/GMT+6'
  const policy = { dropTimeZone: noon, driftEarlierSecondsMax: 900, driftLaterSecondsMax: 3_600 }
  await changeZonePolicy(asService(ctx), { zone: ZONE, policy, reason: 'a test' })
  await sql`
    update listing set cutoff_at = statement_timestamp() - interval '5 hours',
      drop_from = statement_timestamp() - make_interval(mins => ${60 + minutes}),
      drop_to = statement_timestamp() - make_interval(mins => ${minutes})`.execute(ctx.db)
  await sql`
    update catch_target set drop_from = listing.drop_from, drop_to = listing.drop_to, grace_until = listing.drop_to + interval '60 s'
    from listing where listing.id = listing_id`.execute(ctx.db)
  await moveBatch(ctx)
  await measureNow()
  await beforeFiring?.(targets)
  await beginFiring(
    ctx,
    targets.map(({ id }) => id),
  )
  await recordAttempts(
    ctx.db,
    targets.map(({ id }) => ({
      clTRID: newId(),
      targetId: id,
      registryAccountId: REGISTRY_ACCOUNT,
      command: 'info',
      sentAt: new Date(Date.now() - 1_000),
      answeredAt: new Date(),
      roundTripUs: 1_000,
      outcome: 'answered',
      code: 1000,
      message: null,
      svTRID: null,
    })),
  )
  return targets
}

const inMinutes = (count: number) => new Date(Date.now() + 60_000 * count)
const measureNow = () => sql`update batch_drift set measure_at = statement_timestamp()`.execute(ctx.db)

async function followAll(): Promise<readonly Followed[]> {
  const all: Followed[] = []
  for (;;) {
    const followed = await followNextBatch(worker, { everyMs: 60_000 })
    if (followed === undefined) return all
    all.push(followed)
  }
}

const windows = async () => {
  const { rows } = await sql<{ name: string; minutes: number; isExpected: boolean }>`
    select target.name, round(extract(epoch from target.drop_to - listing.drop_to) / 60)::integer as minutes,
      target.expected_to = listing.drop_to as "isExpected"
    from catch_target as target join listing on listing.id = listing_id order by target.name`.execute(ctx.db)
  return rows
}

test('windows of names that are still registered stay open, the schedule stays, and the change is kept', async () => {
  await givenStillRegistered(7)
  await followAll()
  expect(await windows()).toEqual(names.map((name) => ({ name, minutes: 10, isExpected: true })))
  const { items } = await listChanges(asService(ctx), { limit: 10, offset: 0 })
  expect(items).toMatchObject([
    {
      action: { kind: 'drift', fromShiftSeconds: 0, toShiftSeconds: 600 },
      state: 'applied',
      madeBy: 'droplock',
    },
  ])
  const changeId = items[0]?.id ?? ''
  const listed = await listChangedListings(asService(ctx), { changeId, limit: 10, offset: 0 })
  expect(listed.items.map(({ result }) => result)).toEqual(names.map(() => 'applied'))
  await expect(undoChange(asService(ctx), { changeId, reason: 'no' })).rejects.toMatchObject({
    code: 'schedule_change_not_possible',
  })
  expect(await getChange(asService(ctx), changeId)).toMatchObject({ progress: { applied: names.length } })
})

test('beyond the bounds windows stay, and it is an alarm until the day is skipped', async () => {
  await givenStillRegistered(60)
  await measureNow()
  await followAll()
  expect((await windows()).map(({ minutes }) => minutes)).toEqual(names.map(() => 60))
  expect(await findOffSchedule(ctx)).toMatchObject([{ subject: ZONE, facts: { namesWaiting: names.length } }])
  const action = { kind: 'skip_day' } as const
  const { id: changeId } = await previewChange(asService(ctx), { action, filter: { zone: ZONE } })
  await applyChange(asService(ctx), { changeId, reason: 'no batch' })
  while ((await advanceScheduleChange(ctx, 100)) !== undefined);
  expect(await findOffSchedule(ctx)).toEqual([])
  const targets = await ctx.db.selectFrom('catch_target').select(['drift_change_id', 'arming']).execute()
  expect(targets).toEqual(names.map(() => ({ drift_change_id: null, arming: 2 })))
})

test('where an operator moved a name to a window, its submission stays there', async () => {
  await givenStillRegistered(7, async ([first]) => {
    const action = {
      kind: 'window',
      dropFrom: inMinutes(-1),
      dropTo: inMinutes(1),
      cutoffAt: inMinutes(-2),
    } as const
    const filter = { listingIds: [first?.listing_id ?? ''] }
    const { id: changeId } = await previewChange(asService(ctx), { action, filter })
    await applyChange(asService(ctx), { changeId, reason: 'announced' })
    while ((await advanceScheduleChange(ctx, 100)) !== undefined);
  })
  await measureNow()
  await followAll()
  expect((await windows()).map(({ minutes }) => minutes)).toEqual([0, 10, 10, 10])
})

test('of two workers one measures a batch, and what one that died left is completed', async () => {
  await givenStillRegistered(7)
  const both = await Promise.all([followAll(), followAll()])
  expect(both.flat().map(({ moved }) => moved)).toEqual([names.length])
  await sql`update catch_target set drift_change_id = null where name = ${names[0] ?? ''}`.execute(ctx.db)
  await measureNow()
  expect((await followAll()).map(({ moved }) => moved)).toEqual([1])
})

test('where creates are applications, no window follows', async () => {
  await givenStillRegistered(7)
  await sql`update zone set release = 'applications'`.execute(ctx.db)
  await followAll()
  expect((await windows()).map(({ minutes }) => minutes)).toEqual(names.map(() => 0))
  expect(await findOffSchedule(ctx)).toEqual([])
})
