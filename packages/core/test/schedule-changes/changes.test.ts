import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import type { Context } from '../../src/context.ts'
import { getSchedule } from '../../src/schedule/read.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { advanceScheduleChange } from '../../src/schedule-changes/advance.ts'
import { applyChange } from '../../src/schedule-changes/apply.ts'
import { previewChange } from '../../src/schedule-changes/preview.ts'
import { previewUndo } from '../../src/schedule-changes/preview-undo.ts'
import { getChange, listChangedListings } from '../../src/schedule-changes/read.ts'
import { stopChange } from '../../src/schedule-changes/stop.ts'
import { undoChange } from '../../src/schedule-changes/undo.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { markAmbiguous } from '../../src/targets/record.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import { inMinutes } from '../support/held.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, givenStaff, ZONE } from '../support/world.ts'

const HOUR_S = 3_600
const reason = 'the registry announced it'

/** Two free names, one that is secured, and one that is closed with an armed target; they drop in an hour. */
async function given(ctx: Context) {
  await givenRegistry(ctx)
  await givenListings(ctx, {
    names: ['free.test', 'other.test', 'secured.test', 'armed.test'],
    purgeAt: inMinutes(60),
  })
  const buyer = await givenAccount(ctx)
  const secured = await placeBackorder(buyer, { name: 'secured.test', payment: 'balance' })
  const armed = await placeBackorder(buyer, { name: 'armed.test', payment: 'balance' })
  await sql`update listing set cutoff_at = clock_timestamp() where name = 'armed.test'`.execute(ctx.db)
  await closeDue(ctx)
  return { operator: await givenStaff(ctx, 'operator'), buyer, secured, armed }
}

async function advanceAll(ctx: Context, listingsMax = 2) {
  while ((await advanceScheduleChange(ctx, listingsMax)) !== undefined);
}

const read = (ctx: Context, name: string) =>
  ctx.db.selectFrom('listing').selectAll().where('name', '=', name).executeTakeFirstOrThrow()

const targetOf = (ctx: Context, name: string) =>
  ctx.db.selectFrom('catch_target').selectAll().where('name', '=', name).executeTakeFirst()

const byName = ({ items }: { items: readonly { name: string }[] }) =>
  Object.fromEntries(items.map((item) => [item.name, item]))

const byZone = { zone: ZONE }
const later = { kind: 'shift', seconds: 2 * HOUR_S } as const
const page = { offset: 0, limit: 100 }

test('a zone is moved as its preview shows, and undone as a whole', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { operator, secured, armed } = await given(ctx)
    const before = await read(ctx, 'free.test')
    const preview = await previewChange(operator, { action: later, filter: byZone })
    expect(preview.counts).toMatchObject({
      listings: 4,
      effects: { moves: 3, reopens: 1, closes: 0, stops: 0, unchanged: 0, not_movable: 0 },
      targetsDisarmed: 1,
      holdersNotified: 2,
      accountsNotified: 1,
      securedPastCutoff: 0,
    })
    expect(preview.first).toHaveLength(4)
    expect(await read(ctx, 'free.test')).toEqual(before)

    await applyChange(operator, { changeId: preview.id, reason })
    await advanceAll(ctx)
    const change = await getChange(operator, preview.id)
    expect(change).toMatchObject({
      state: 'applied',
      reason,
      progress: { listings: 4, waiting: 0, applied: 4, skipped: 0 },
    })
    const moved = await read(ctx, 'free.test')
    expect(+moved.drop_from - +before.drop_from).toBe(2 * HOUR_S * 1_000)
    expect(+moved.cutoff_at - +before.cutoff_at).toBe(2 * HOUR_S * 1_000)
    expect(await read(ctx, 'armed.test')).toMatchObject({ state: 'open', holder: armed.id })
    expect(await targetOf(ctx, 'armed.test')).toMatchObject({ state: 'disarmed' })
    const { overrides } = await getSchedule(operator, moved.id)
    expect(overrides).toMatchObject([{ changeId: preview.id, kind: 'shift', reason, appliedBy: 'operator' }])

    await undoChange(operator, { changeId: preview.id, reason: 'a mistake' })
    await advanceAll(ctx)
    expect(await getChange(operator, preview.id)).toMatchObject({ state: 'undone', progress: { undone: 4 } })
    const { version: _, ...same } = before
    expect(await read(ctx, 'free.test')).toMatchObject(same)
    expect(await read(ctx, 'armed.test')).toMatchObject({
      state: 'closed',
      holder: armed.id,
      override_id: null,
    })
    expect(await targetOf(ctx, 'armed.test')).toMatchObject({ state: 'armed', arming: 2 })
    expect(await read(ctx, 'secured.test')).toMatchObject({ holder: secured.id })
    const events = await tx
      .selectFrom('event')
      .select('subject_id')
      .where('topic', '=', 'backorder.rescheduled')
      .execute()
    expect(events.map(({ subject_id }) => subject_id).toSorted()).toEqual(
      [secured.id, secured.id, armed.id, armed.id].toSorted(),
    )
  }))

test('what changed between preview and applying is named and left as it is, and can be changed afterwards', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { operator, buyer } = await given(ctx)
    const { id } = await previewChange(operator, { action: later, filter: byZone })
    const before = await read(ctx, 'free.test')
    await placeBackorder(buyer, { name: 'free.test', payment: 'balance' })
    await givenListings(ctx, { names: ['other.test'], purgeAt: inMinutes(90) })
    await applyChange(operator, { changeId: id, reason })
    await advanceAll(ctx)
    const listings = byName(await listChangedListings(operator, { ...page, changeId: id }))
    expect(listings).toMatchObject({
      'free.test': { result: 'skipped', skippedFor: 'changed', changed: ['holder'], after: null },
      'other.test': { result: 'skipped', changed: ['cutoff_at', 'drop_from', 'drop_to'] },
      'secured.test': { result: 'applied' },
    })
    expect(await read(ctx, 'free.test')).toMatchObject({ drop_from: before.drop_from })
    expect(await getChange(operator, id)).toMatchObject({
      state: 'applied',
      progress: { applied: 2, skipped: 2, skippedFor: { changed: 2 } },
    })
    const rest = await previewChange(operator, { action: later, filter: { skippedOf: id } })
    expect(rest.first.map(({ name }) => name).toSorted()).toEqual(['free.test', 'other.test'])
  }))

test('a stopped change keeps what it did, continues where it stopped, and is undone as far as it went', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { operator } = await given(ctx)
    const { id: changeId } = await previewChange(operator, { action: later, filter: byZone })
    await applyChange(operator, { changeId, reason })
    expect(await advanceScheduleChange(ctx, 1)).toMatchObject({ changeId, listings: 1 })
    await stopChange(operator, { changeId, reason: 'wait' })
    expect(await advanceScheduleChange(ctx, 1)).toBeUndefined()
    expect(await getChange(operator, changeId)).toMatchObject({
      state: 'stopped',
      progress: { applied: 1, waiting: 3 },
    })
    await applyChange(operator, { changeId, reason: 'go on' })
    await advanceScheduleChange(ctx, 1)
    await stopChange(operator, { changeId, reason: 'no' })
    await undoChange(operator, { changeId, reason: 'a mistake' })
    await advanceAll(ctx)
    expect(await getChange(operator, changeId)).toMatchObject({
      state: 'undone',
      reason,
      progress: { applied: 2, undone: 2, waiting: 2 },
    })
    const overridden = await tx
      .selectFrom('listing')
      .select('id')
      .where('override_id', 'is not', null)
      .execute()
    expect(overridden).toEqual([])
    await expect(applyChange(operator, { changeId, reason })).rejects.toMatchObject({
      code: 'schedule_change_not_possible',
    })
  }))

test('undoing leaves a listing that another change moved since, and an order that was accepted in between', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { operator } = await given(ctx)
    await sql`update listing set cutoff_at = clock_timestamp() where name = 'free.test'`.execute(tx)
    await closeDue(ctx)
    const first = await previewChange(operator, { action: later, filter: byZone })
    await applyChange(operator, { changeId: first.id, reason })
    await advanceAll(ctx)
    const buyer = await givenAccount(ctx)
    const order = await placeBackorder(buyer, { name: 'free.test', payment: 'balance' })
    const second = await previewChange(operator, { action: later, filter: { names: ['other.test'] } })
    await applyChange(operator, { changeId: second.id, reason })
    await advanceAll(ctx)
    const moved = await read(ctx, 'other.test')

    const preview = await previewUndo(operator, first.id)
    expect(preview).toMatchObject({
      id: first.id,
      counts: {
        listings: 4,
        effects: { moves: 1, closes: 2, not_movable: 1 },
        notMovable: { replaced: 1 },
        securedPastCutoff: 2,
        targetsArmed: 2,
        holdersNotified: 3,
      },
    })
    expect(preview.first).toHaveLength(4)

    await undoChange(operator, { changeId: first.id, reason: 'a mistake' })
    await advanceAll(ctx)

    expect(await read(ctx, 'other.test')).toMatchObject({ drop_from: moved.drop_from })
    expect(await getChange(operator, first.id)).toMatchObject({
      progress: { undone: 3, undoSkippedFor: { replaced: 1 } },
    })
    expect(await read(ctx, 'free.test')).toMatchObject({ state: 'closed', holder: order.id })
    expect(await getBackorder(buyer, order.id)).toMatchObject({ state: 'backordered' })
    expect(await targetOf(ctx, 'free.test')).toMatchObject({ state: 'armed' })
  }))

test('on a skipped day a drop stops, its holder keeps the name, and it is caught in the next window; the cut-off stays past', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { operator, buyer, armed } = await given(ctx)
    const target = await targetOf(ctx, 'armed.test')
    await beginFiring(ctx, [target?.id ?? ''])
    const before = await read(ctx, 'armed.test')
    expect(before).toMatchObject({ state: 'dropping' })
    const preview = await previewChange(operator, {
      action: { kind: 'skip_day' },
      filter: { state: 'dropping', zone: ZONE },
    })
    expect(preview.counts).toMatchObject({
      listings: 1,
      effects: { stops: 1 },
      targetsRearmed: 1,
      securedPastCutoff: 1,
    })
    await applyChange(operator, { changeId: preview.id, reason })
    await advanceAll(ctx)
    const day = 24 * HOUR_S * 1_000
    expect(await read(ctx, 'armed.test')).toMatchObject({
      state: 'closed',
      holder: armed.id,
      cutoff_at: before.cutoff_at,
      drop_from: new Date(+before.drop_from + day),
    })
    expect(await getBackorder(buyer, armed.id)).toMatchObject({ state: 'backordered' })
    expect(await targetOf(ctx, 'armed.test')).toMatchObject({
      state: 'armed',
      arming: 2,
      armed_at: target?.armed_at,
      drop_from: new Date(+before.drop_from + day),
    })
    const refunds = await tx.selectFrom('refund').select('id').execute()
    expect(refunds).toEqual([])
  }))

test('a name whose create is unanswered, or that drops, is not moved, and the preview says why', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { operator } = await given(ctx)
    const target = await targetOf(ctx, 'armed.test')
    await beginFiring(ctx, [target?.id ?? ''])
    const moved = await previewChange(operator, { action: later, filter: { names: ['armed.test'] } })
    expect(moved.counts).toMatchObject({ notMovable: { dropping: 1 } })
    await markAmbiguous(ctx, [target?.id ?? ''])
    const skipped = await previewChange(operator, {
      action: { kind: 'skip_day' },
      filter: { names: ['armed.test'] },
    })
    expect(skipped.counts).toMatchObject({ notMovable: { create_unanswered: 1 } })
    await applyChange(operator, { changeId: skipped.id, reason })
    await advanceAll(ctx)
    expect(await getChange(operator, skipped.id)).toMatchObject({
      progress: { skippedFor: { create_unanswered: 1 } },
    })
    expect(await read(ctx, 'armed.test')).toMatchObject({ state: 'dropping', override_id: null })
  }))

test('a listing that the sweep has opened since the preview is changed all the same', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { operator } = await given(ctx)
    await unwatchMachines(tx)
    await sql`update listing set state = 'upcoming' where name = 'free.test'`.execute(tx)
    const { id: changeId } = await previewChange(operator, {
      action: later,
      filter: { names: ['free.test'] },
    })
    await sql`update listing set state = 'open' where name = 'free.test'`.execute(tx)
    await applyChange(operator, { changeId, reason })
    await advanceAll(ctx)
    expect(await getChange(operator, changeId)).toMatchObject({ progress: { applied: 1, skipped: 0 } })
  }))

test('a preview of yesterday is not applied', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { operator } = await given(ctx)
    const { id: changeId } = await previewChange(operator, { action: later, filter: byZone })
    await sql`update schedule_change set made_at = made_at - interval '13 hours'`.execute(tx)
    await expect(applyChange(operator, { changeId, reason })).rejects.toMatchObject({
      code: 'schedule_change_not_possible',
    })
  }))

test('a viewer changes nothing, and a change names its listings', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { operator } = await given(ctx)
    const viewer = await givenStaff(ctx, 'viewer', 'finance')
    const { id: changeId } = await previewChange(operator, { action: later, filter: byZone })
    for (const refused of [
      () => previewChange(viewer, { action: later, filter: byZone }),
      () => applyChange(viewer, { changeId, reason }),
      () => stopChange(viewer, { changeId, reason }),
      () => undoChange(viewer, { changeId, reason }),
      () => previewUndo(viewer, changeId),
    ])
      await expect(refused()).rejects.toMatchObject({ code: 'forbidden' })
    await expect(previewChange(operator, { action: later, filter: { held: true } })).rejects.toMatchObject({
      code: 'invalid_request',
    })
    await expect(applyChange(operator, { changeId, reason: ' ' })).rejects.toMatchObject({
      code: 'reason_required',
    })
  }))
