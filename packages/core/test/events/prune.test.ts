import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { claimDueDeliveries } from '../../src/deliveries/claim-due.ts'
import { recordDelivery } from '../../src/deliveries/record.ts'
import { readEvents } from '../../src/events/feed.ts'
import { pruneEvents } from '../../src/events/prune.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenSecured } from '../support/held.ts'
import { advanceAll, givenReceiver } from '../support/receivers.ts'
import { contextOf } from '../support/world.ts'

const DAYS = 30
const OWNER = '00000000-0000-7000-8000-000000000001'

/** So many events of the order that occurred so many days ago. Time is moved, not waited for: what happened does not change. */
async function givenOld(ctx: Context, days: number, count = 1): Promise<void> {
  await sql`
    insert into event (id, topic, account_id, subject_id, data, occurred_at)
    select gen_random_uuid(), 'backorder.rescheduled', account_id, id, '{}', clock_timestamp() - make_interval(days => ${days})
    from backorder, generate_series(1, ${count})`.execute(ctx.db)
  await advanceAll(ctx)
}

const read = (ctx: Context, after?: bigint) => readEvents(ctx, { after, limit: 100 })

test('events are deleted after 30 days, and not before', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenSecured(ctx)
    await givenOld(ctx, 31, 2)
    await givenOld(ctx, 29)
    expect(await pruneEvents(ctx, DAYS)).toBe(2)
    expect(await pruneEvents(ctx, DAYS)).toBe(0)
    expect((await read(ctx)).events.map(({ topic }) => topic)).toEqual([
      'backorder.secured',
      'backorder.rescheduled',
    ])
  }))

test('a reader whose next events were deleted is refused, and one that has read them continues', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenSecured(ctx)
    await givenOld(ctx, 32)
    const before = await read(ctx)
    await givenOld(ctx, 31)
    const far = await read(ctx, before.cursor)
    await givenOld(ctx, 1)
    await pruneEvents(ctx, DAYS)
    const gone = { code: 'event_cursor_gone', facts: { oldest_cursor: far.cursor.toString() } }
    await expect(read(ctx, before.cursor)).rejects.toMatchObject(gone)
    await expect(read(ctx, 0n)).rejects.toMatchObject(gone)
    expect((await read(ctx, far.cursor)).events).toHaveLength(1)
    expect((await read(ctx)).events).toEqual((await read(ctx, far.cursor)).events)
  }))

test('a cursor beyond the end, of another database or of one that was restored, is refused', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenSecured(ctx)
    await advanceAll(ctx)
    const { cursor } = await read(ctx)
    expect(await read(ctx, cursor)).toEqual({ events: [], cursor, hasMore: false })
    await expect(read(ctx, cursor + 1n)).rejects.toMatchObject({ code: 'event_cursor_gone' })
  }))

test('an event that is still to be delivered is kept however old it is; for a disabled receiver it is not', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenSecured(ctx)
    await advanceAll(ctx)
    await givenReceiver(ctx, { topics: ['backorder.rescheduled'] })
    await givenOld(ctx, 31)
    await givenOld(ctx, 32)
    expect(await pruneEvents(ctx, DAYS)).toBe(0)
    const [delivery] = await claimDueDeliveries(ctx, { owner: OWNER, kinds: ['webhook'], limit: 1 })
    const result = { kind: 'delivered' } as const
    if (delivery === undefined) throw new Error('nothing is due')
    await recordDelivery(ctx, { delivery, owner: OWNER, result, chance: 0 })
    expect(await pruneEvents(ctx, DAYS)).toBe(1)
    await sql`update event_receiver set disabled_at = clock_timestamp()`.execute(tx)
    expect(await pruneEvents(ctx, DAYS)).toBe(1)
    expect(await tx.selectFrom('event_delivery').selectAll().execute()).toEqual([])
  }))

test('an event that has no position yet is not deleted, however old it is', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenSecured(ctx)
    await sql`
      insert into event (id, topic, account_id, subject_id, data, occurred_at)
      select gen_random_uuid(), 'backorder.rescheduled', account_id, id, '{}', '2020-01-01' from backorder`.execute(
      tx,
    )
    expect(await pruneEvents(ctx, DAYS)).toBe(0)
  }))

test('many old events are deleted in rounds', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenSecured(ctx)
    await givenOld(ctx, 31, 2_500)
    const rounds: number[] = []
    for (let round = 0; round < 4; round += 1) rounds.push(await pruneEvents(ctx, DAYS))
    expect(rounds).toEqual([1_000, 1_000, 500, 0])
  }))
