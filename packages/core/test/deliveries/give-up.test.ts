import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { claimDueDeliveries } from '../../src/deliveries/claim-due.ts'
import { retryDeliveries } from '../../src/deliveries/record.ts'
import { giveUpDeliveries } from '../../src/deliveries/undelivered.ts'
import { pruneEvents } from '../../src/events/prune.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenSecured } from '../support/held.ts'
import { advanceAll, givenReceiver } from '../support/receivers.ts'
import { contextOf, openAlarms } from '../support/world.ts'

const OWNER = '00000000-0000-7000-8000-000000000001'
const mail = { kind: 'mail', address: 'ops@example.test' } as const

const deliveries = (ctx: Context) =>
  ctx.db
    .selectFrom('event_delivery')
    .select(['receiver_id', 'state', 'attempts', 'failure'])
    .orderBy('receiver_id')
    .execute()

/** Time is moved, not waited for. */
const passDays = (ctx: Context, days: number) =>
  sql`update event_delivery set try_after = try_after - make_interval(days => ${days}) where state = 'pending'`.execute(
    ctx.db,
  )

async function givenWaiting(ctx: Context): Promise<string> {
  const receiverId = await givenReceiver(ctx, mail)
  await givenSecured(ctx)
  await advanceAll(ctx)
  return receiverId
}

test('a delivery that nobody can send for a week has failed and raises an alarm, and its event is no longer kept for it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const receiverId = await givenWaiting(ctx)
    await passDays(ctx, 6)
    expect(await giveUpDeliveries(ctx)).toBe(0)
    expect(await pruneEvents(ctx, 0)).toBe(0)

    await passDays(ctx, 1)
    expect(await giveUpDeliveries(ctx)).toBe(1)
    expect(await deliveries(ctx)).toEqual([
      { receiver_id: receiverId, state: 'failed', attempts: 0, failure: 'nothing sent it for 7 days' },
    ])
    const alarm = await tx.selectFrom('alarm').select(['subject', 'facts']).executeTakeFirstOrThrow()
    expect(alarm).toMatchObject({
      subject: receiverId,
      facts: { ...mail, failure: 'nothing sent it for 7 days' },
    })
    expect(await giveUpDeliveries(ctx)).toBe(0)
    expect(await pruneEvents(ctx, 0)).toBe(1)
  }))

test('a delivery that was given up and is sent again has another week', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const receiverId = await givenWaiting(ctx)
    await passDays(ctx, 8)
    await giveUpDeliveries(ctx)
    expect(await retryDeliveries(tx, ctx, receiverId)).toBe(1)
    expect(await giveUpDeliveries(ctx)).toBe(0)
    expect(await openAlarms(ctx)).toEqual([])
    expect(await claimDueDeliveries(ctx, { owner: OWNER, kinds: ['mail'], limit: 9 })).toHaveLength(1)
  }))

test('deliveries to a disabled receiver are given up at once, without an alarm, and no others', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const receiverId = await givenWaiting(ctx)
    const live = await givenReceiver(ctx)
    await sql`
      insert into event_delivery (event_id, receiver_id, try_after) select id, ${live}::uuid, clock_timestamp() from event`.execute(
      tx,
    )
    await sql`update event_receiver set disabled_at = clock_timestamp() where id = ${receiverId}`.execute(tx)
    await passDays(ctx, 1)
    expect(await giveUpDeliveries(ctx)).toBe(1)
    expect(await deliveries(ctx)).toMatchObject([
      { receiver_id: receiverId, state: 'failed', failure: 'the receiver was disabled' },
      { receiver_id: live, state: 'pending', failure: null },
    ])
    expect(await openAlarms(ctx)).toEqual([])
  }))

test('many are given up in batches', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenWaiting(ctx)
    await sql`
      insert into event (id, topic, account_id, subject_id, data)
      select gen_random_uuid(), 'backorder.secured', account_id, id, '{}' from backorder, generate_series(1, 1199)`.execute(
      tx,
    )
    await advanceAll(ctx)
    await passDays(ctx, 7)
    const batches: number[] = []
    for (let batch = 0; batch < 4; batch += 1) batches.push(await giveUpDeliveries(ctx))
    expect(batches).toEqual([500, 500, 200, 0])
  }))
