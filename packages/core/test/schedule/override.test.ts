import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import type { Context, StaffContext } from '../../src/context.ts'
import { applyOverride } from '../../src/schedule/apply-override.ts'
import { previewOverride, previewUndo, type Window } from '../../src/schedule/preview.ts'
import { getSchedule, listSchedules } from '../../src/schedule/read.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { undoOverride } from '../../src/schedule/undo-override.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import {
  givenArmed,
  givenOpen,
  givenSecured,
  inMinutes,
  NAME,
  readListing,
  readTarget,
} from '../support/held.ts'
import { contextOf, givenAccount, givenListings, givenStaff } from '../support/world.ts'

const windowIn = (minutes: number): Window => ({
  dropFrom: inMinutes(minutes),
  dropTo: inMinutes(minutes + 1),
})
const reason = 'the registry announced it'

async function move(operator: StaffContext, listingId: string, window: Window) {
  const { basis } = await previewOverride(operator, { listingId, window })
  return applyOverride(operator, { listingId, window, reason, basis })
}

async function undo(operator: StaffContext, listingId: string) {
  const { basis } = await previewUndo(operator, listingId)
  return undoOverride(operator, { listingId, reason: 'a mistake', basis })
}

async function rows(ctx: Context) {
  const tables = [
    'listing',
    'backorder',
    'catch_target',
    'schedule_override',
    'audit_entry',
    'event',
  ] as const
  const all = []
  for (const table of tables) all.push(await ctx.db.selectFrom(table).selectAll().execute())
  return all
}

test('a preview shows cut-off, state, holder and target, and changes nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenArmed(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const before = await rows(ctx)
    const window = windowIn(120)
    const preview = await previewOverride(operator, { listingId, window })
    expect(preview).toMatchObject({
      name: NAME,
      basis: { state: 'closed', holder: 'secured' },
      after: { cutoffAt: new Date(window.dropFrom.getTime() - 60_000), ...window },
      effect: { stateAfter: 'open', holderAfter: 'secured', target: 'disarmed' },
    })
    expect(await rows(ctx)).toEqual(before)
  }))

test('applying does what the preview showed, and undoing reverts it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId, backorderId, buyer } = await givenArmed(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const before = await readListing(ctx)

    await move(operator, listingId, windowIn(120))
    expect(await readListing(ctx)).toMatchObject({ state: 'open', holder: backorderId })
    expect(await readTarget(ctx)).toMatchObject({ state: 'disarmed' })
    expect(await getBackorder(buyer, backorderId)).toMatchObject({ state: 'backordered' })

    const undone = await undo(operator, listingId)
    expect(undone.effect).toMatchObject({ stateAfter: 'closed', holderAfter: 'secured', target: 'armed' })
    const { version: _, ...same } = before
    expect(await readListing(ctx)).toMatchObject(same)
    expect(await readTarget(ctx)).toMatchObject({ state: 'armed', drop_from: before.drop_from })
  }))

test('moved earlier so that the cut-off is past, a secured order stays valid and is caught in the new window', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId, backorderId } = await givenSecured(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const window = { ...windowIn(1), cutoffAt: inMinutes(-1) }
    const { effect } = await move(operator, listingId, window)
    expect(effect).toMatchObject({ stateAfter: 'closed', target: 'armed' })
    expect(await readListing(ctx)).toMatchObject({ state: 'closed', holder: backorderId })
    expect(await readTarget(ctx)).toMatchObject({
      state: 'armed',
      drop_from: window.dropFrom,
      drop_to: window.dropTo,
    })
  }))

test('moved while closed, the listing stays closed and its target is armed for the new window', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId, targetId } = await givenArmed(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const window = { ...windowIn(30), cutoffAt: inMinutes(-1) }
    expect((await move(operator, listingId, window)).effect).toMatchObject({ target: 'rearmed' })
    expect(await readTarget(ctx)).toMatchObject({ id: targetId, state: 'armed', drop_from: window.dropFrom })
  }))

/** An unpaid hold, written as a row. */
async function givenUnpaidHold(ctx: Context, listingId: string) {
  const buyer = await givenAccount(ctx)
  const id = ctx.newId()
  await sql`
    insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, pay_by)
    values (${id}, ${listingId}, ${NAME}, ${buyer.actor.accountId}, 'pending_payment', 1900, 'USD', ${new Date()},
      ${inMinutes(15)})`.execute(ctx.db)
  await ctx.db.updateTable('listing').set({ holder: id }).where('id', '=', listingId).execute()
  return ctx.db.selectFrom('backorder').selectAll().where('id', '=', id)
}

test('moved earlier, an unpaid hold ends 5 minutes before the new cut-off', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenOpen(ctx)
    const hold = await givenUnpaidHold(ctx, listingId)
    const operator = await givenStaff(ctx, 'operator')
    const { after, effect } = await move(operator, listingId, windowIn(10))
    const payBy = new Date(after.cutoffAt.getTime() - 300_000)
    expect(effect).toMatchObject({ holderAfter: 'unpaid', holdEndsBy: payBy })
    expect(await hold.executeTakeFirst()).toMatchObject({ state: 'pending_payment', pay_by: payBy })
  }))

test('an unpaid hold whose time is past ends at once, and the name is free', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenOpen(ctx)
    const hold = await givenUnpaidHold(ctx, listingId)
    const operator = await givenStaff(ctx, 'operator')
    expect((await move(operator, listingId, windowIn(5))).effect).toMatchObject({ holderAfter: 'none' })
    expect(await hold.executeTakeFirst()).toMatchObject({ state: 'expired', expired_reason: 'lapsed' })
    expect(await readListing(ctx)).toMatchObject({ holder: null, state: 'open' })
    await placeBackorder(await givenAccount(ctx), { name: NAME, payment: 'balance' })
  }))

test('moved later, an unpaid hold ends at the same time as before', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenOpen(ctx)
    const hold = await givenUnpaidHold(ctx, listingId)
    const before = await hold.executeTakeFirstOrThrow()
    await move(await givenStaff(ctx, 'operator'), listingId, windowIn(300))
    expect(await hold.executeTakeFirst()).toEqual(before)
  }))

test('undoing never removes an order accepted meanwhile, even where the old cut-off is past', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenOpen(ctx)
    await sql`update listing set cutoff_at = clock_timestamp()`.execute(tx)
    await closeDue(ctx)
    const operator = await givenStaff(ctx, 'operator')
    await move(operator, listingId, windowIn(120))
    const buyer = await givenAccount(ctx)
    const { id } = await placeBackorder(buyer, { name: NAME, payment: 'balance' })

    const { effect } = await undo(operator, listingId)

    expect(effect).toMatchObject({ stateAfter: 'closed', holderAfter: 'secured', target: 'armed' })
    expect(await getBackorder(buyer, id)).toMatchObject({ state: 'backordered' })
    expect(await readListing(ctx)).toMatchObject({ state: 'closed', holder: id })
    expect(await readTarget(ctx)).toMatchObject({ state: 'armed', backorder_id: id })
  }))

test('lists do not move an overridden listing; undoing returns to what they say by then', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenOpen(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const window = windowIn(120)
    await move(operator, listingId, window)
    const listed = inMinutes(240)
    const publication = await givenListings(ctx, { names: [NAME], purgeAt: listed })
    expect(publication).toMatchObject({ moved: 0, overridden: 1, unchanged: 0 })
    expect(await readListing(ctx)).toMatchObject({ drop_from: window.dropFrom, listed_drop_from: listed })
    expect(await givenListings(ctx, { names: [NAME], purgeAt: listed })).toMatchObject({
      overridden: 0,
      unchanged: 1,
    })

    await undo(operator, listingId)
    expect(await readListing(ctx)).toMatchObject({ drop_from: listed, listed_drop_from: null })
    expect(await givenListings(ctx, { names: [NAME], purgeAt: inMinutes(300) })).toMatchObject({ moved: 1 })
  }))

test('an override replaces another, and undoing returns to the list, not to the first override', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenOpen(ctx)
    const before = await readListing(ctx)
    const operator = await givenStaff(ctx, 'operator')
    await move(operator, listingId, windowIn(120))
    await move(operator, listingId, windowIn(180))
    await undo(operator, listingId)
    expect(await readListing(ctx)).toMatchObject({ drop_from: before.drop_from, drop_to: before.drop_to })
    const { overrides } = await getSchedule(operator, listingId)
    expect(overrides).toMatchObject([
      {
        undoneBy: 'operator',
        undoReason: 'a mistake',
        replacedAt: null,
        returnedTo: { dropFrom: before.drop_from },
      },
      { undoneBy: null, replacedAt: expect.any(Date), reason, appliedBy: 'operator' },
    ])
    await expect(undo(operator, listingId)).rejects.toMatchObject({ code: 'listing_not_overridden' })
  }))

test('a dropping name cannot be moved', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenArmed(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const window = windowIn(120)
    const { basis } = await previewOverride(operator, { listingId, window })
    await sql`update listing set state = 'dropping' where state = 'closed'`.execute(tx)
    const { version } = await readListing(ctx)
    const late = { listingId, window, reason, basis: { ...basis, version } }
    await expect(applyOverride(operator, late)).rejects.toMatchObject({ code: 'listing_not_movable' })
    await expect(previewOverride(operator, late)).rejects.toMatchObject({ code: 'listing_not_movable' })
  }))

test('an order placed after the preview is a change, and applying is refused with it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenOpen(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const window = windowIn(120)
    const { basis } = await previewOverride(operator, { listingId, window })
    await placeBackorder(await givenAccount(ctx), { name: NAME, payment: 'balance' })
    await expect(applyOverride(operator, { listingId, window, reason, basis })).rejects.toMatchObject({
      code: 'listing_changed',
      facts: { changed: 'version, holder', holder_seen: 'none', holder_now: 'secured' },
    })
  }))

test('a move and its undoing are events for the holder and audit entries, with before and after', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId, backorderId } = await givenSecured(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const before = await readListing(ctx)
    const window = windowIn(120)
    await move(operator, listingId, window)
    await undo(operator, listingId)
    const events = await tx
      .selectFrom('event')
      .select('subject_id')
      .where('topic', '=', 'backorder.rescheduled')
      .execute()
    expect(events).toEqual([{ subject_id: backorderId }, { subject_id: backorderId }])
    const entries = await tx
      .selectFrom('audit_entry')
      .selectAll()
      .where('subject_id', '=', listingId)
      .orderBy('seq')
      .execute()
    const was = { name: NAME, drop_from: before.drop_from.toISOString() }
    const moved = { name: NAME, drop_from: window.dropFrom.toISOString() }
    expect(entries).toMatchObject([
      { action: 'listing.overridden', reason, before: was, after: moved },
      { action: 'listing.override_undone', reason: 'a mistake', before: moved, after: was },
    ])
  }))

test('a viewer previews, moves and undoes nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenOpen(ctx)
    const operator = await givenStaff(ctx, 'operator')
    const window = windowIn(120)
    const { basis } = await previewOverride(operator, { listingId, window })
    const viewer = await givenStaff(ctx, 'viewer', 'finance')
    const before = await rows(ctx)
    const command = { listingId, window, reason, basis }
    for (const action of [
      previewOverride(viewer, command),
      applyOverride(viewer, command),
      undoOverride(viewer, command),
    ]) {
      await expect(action).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(await rows(ctx)).toEqual(before)
  }))

test('listings are found by window, holder and override', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId, backorderId } = await givenSecured(ctx)
    await givenListings(ctx, { names: ['other.test'], purgeAt: inMinutes(600) })
    const operator = await givenStaff(ctx, 'operator')
    await move(operator, listingId, windowIn(120))
    const found = async (query: Partial<Parameters<typeof listSchedules>[1]>) =>
      (await listSchedules(operator, { offset: 0, limit: 10, ...query })).items.map(({ name }) => name)
    expect(await found({})).toEqual([NAME, 'other.test'])
    expect(await found({ sort: { field: 'name', order: 'asc' } })).toEqual(['other.test', NAME])
    expect(await found({ held: true })).toEqual([NAME])
    expect(await found({ overridden: false })).toEqual(['other.test'])
    expect(await found({ from: inMinutes(500), to: inMinutes(700) })).toEqual(['other.test'])
    expect(await found({ from: inMinutes(30), to: inMinutes(90) })).toEqual([])
    expect(await found({ q: 'WAN'.toLowerCase(), zone: 'test', state: 'open', suspect: false })).toEqual([
      NAME,
    ])
    const { items } = await listSchedules(operator, { offset: 0, limit: 1 })
    expect(items).toMatchObject([
      { backorderId, holderName: 'A reseller', overridden: true, listed: { dropFrom: expect.any(Date) } },
    ])
  }))
