import { DELIVERY_RETRY_DAYS } from '@droplock/rules/events'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { raiseAlarms } from '../../src/alarms/raise.ts'
import type { Context } from '../../src/context.ts'
import { claimDueDeliveries, type DueDelivery } from '../../src/deliveries/claim-due.ts'
import { recordDelivery, retryDeliveries } from '../../src/deliveries/record.ts'
import { publish } from '../../src/events/publish.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenSecured } from '../support/held.ts'
import { advanceAll, givenReceiver, passPauses, passRetryDays } from '../support/receivers.ts'
import { contextOf, givenAccount, openAlarms } from '../support/world.ts'

const OWNER = '00000000-0000-7000-8000-000000000001'
const OTHER = '00000000-0000-7000-8000-000000000002'
const both = ['webhook', 'mail'] as const

const take = (ctx: Context, owner = OWNER, limit = 100) =>
  claimDueDeliveries(ctx, { owner, kinds: both, limit })

const refused = { kind: 'failed', failure: 'answered 500', answer: 'oops' } as const

const record = async (ctx: Context, delivery: DueDelivery, result: typeof refused | { kind: 'delivered' }) =>
  (await recordDelivery(ctx, { delivery, owner: OWNER, result, chance: 0 })).counts

async function takeOne(ctx: Context): Promise<DueDelivery> {
  const [delivery] = await take(ctx)
  if (delivery === undefined) throw new Error('nothing is due')
  return delivery
}

async function givenDelivery(ctx: Context) {
  const receiverId = await givenReceiver(ctx)
  const secured = await givenSecured(ctx)
  await advanceAll(ctx)
  return { ...secured, receiverId }
}

/** An attempt now, and the last one when its time is over. */
async function failForGood(ctx: Context): Promise<void> {
  await record(ctx, await takeOne(ctx), refused)
  await passRetryDays(ctx, DELIVERY_RETRY_DAYS)
  await passPauses(ctx)
  await record(ctx, await takeOne(ctx), refused)
}

async function plannedFor(ctx: Context): Promise<readonly string[]> {
  const rows = await ctx.db
    .selectFrom('event_delivery')
    .innerJoin('event', 'event.id', 'event_id')
    .select(['receiver_id', 'topic'])
    .orderBy('event.position')
    .execute()
  return rows.map(({ receiver_id, topic }) => `${topic} ${receiver_id}`)
}

test('an event is delivered to receivers of its topic that may see its account, and to no others', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const stranger = await givenAccount(ctx)
    const anybody = await givenReceiver(ctx)
    await givenReceiver(ctx, { topics: ['invoice.issued', 'alarm.opened'] })
    await givenReceiver(ctx, { accountId: stranger.actor.accountId })
    const disabled = await givenReceiver(ctx)
    await tx
      .updateTable('event_receiver')
      .set({ disabled_at: new Date() })
      .where('id', '=', disabled)
      .execute()
    await givenSecured(ctx)
    await advanceAll(ctx)
    expect(await plannedFor(ctx)).toEqual([`backorder.secured ${anybody}`])
  }))

test('alarms go to receivers of their kind, but not to the receiver that an alarm is about', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const all = await givenReceiver(ctx, { topics: ['alarm.opened'] })
    const some = await givenReceiver(ctx, { topics: ['alarm.opened'], alarmKinds: ['login_refused'] })
    await raiseAlarms(ctx, [{ kind: 'login_refused', subject: 'verisign-1' }])
    await advanceAll(ctx)
    expect((await plannedFor(ctx)).toSorted()).toEqual(
      [`alarm.opened ${all}`, `alarm.opened ${some}`].toSorted(),
    )
    await tx.deleteFrom('event_delivery').execute()

    const other = await givenReceiver(ctx, { topics: ['alarm.opened'] })
    await raiseAlarms(ctx, [{ kind: 'event_undelivered', subject: all }])
    await advanceAll(ctx)
    expect(await plannedFor(ctx)).toEqual([`alarm.opened ${other}`])
  }))

test('a claimed delivery has the event as it was, and nobody else can claim it until it is recorded', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { receiverId, backorderId, buyer } = await givenDelivery(ctx)
    const delivery = await takeOne(ctx)
    expect(delivery).toMatchObject({
      attempts: 1,
      receiver: { id: receiverId, kind: 'webhook', accountId: null },
      event: { topic: 'backorder.secured', subjectId: backorderId, accountId: buyer.actor.accountId },
    })
    expect(await take(ctx, OTHER)).toEqual([])
    expect(await record(ctx, delivery, { kind: 'delivered' })).toBe(true)
    await passPauses(ctx)
    expect(await take(ctx, OTHER)).toEqual([])
  }))

test('of 8 senders at once, one claims each delivery', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    for (let count = 0; count < 60; count += 1) await givenReceiver(ctx)
    await givenSecured(ctx)
    await advanceAll(ctx)
    const taken = await Promise.all(Array.from({ length: 8 }, () => take(ctx, ctx.newId(), 10)))
    const ids = taken.flat().map(({ id }) => id)
    expect(ids).toHaveLength(60)
    expect(new Set(ids).size).toBe(60)
  } finally {
    await clone.drop()
  }
})

test('after its claim has expired another sender claims a delivery, and the result of the first no longer counts', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenDelivery(ctx)
    const delivery = await takeOne(ctx)
    await passPauses(ctx)
    expect(await take(ctx, OTHER)).toMatchObject([{ id: delivery.id, attempts: 2, event: delivery.event }])
    expect(await record(ctx, delivery, { kind: 'delivered' })).toBe(false)
    const result = { kind: 'delivered', answer: 'thanks' } as const
    const counted = await recordDelivery(ctx, { delivery, owner: OTHER, result, chance: 0 })
    expect(counted.counts).toBe(true)
    expect(await tx.selectFrom('event_delivery').selectAll().execute()).toMatchObject([
      { state: 'delivered', attempts: 2, answer: 'thanks', failure: null, decided_at: expect.any(Date) },
    ])
  }))

test('a failure is tried again after a pause, not before', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenDelivery(ctx)
    await record(ctx, await takeOne(ctx), refused)
    expect(await take(ctx)).toEqual([])
    const { rows } = await sql<{ pauseMs: number; failure: string }>`
      select failure, extract(epoch from try_after - clock_timestamp()) * 1000 as "pauseMs" from event_delivery`.execute(
      tx,
    )
    expect(rows).toMatchObject([{ failure: 'answered 500' }])
    expect(Number(rows[0]?.pauseMs)).toBeGreaterThan(0)
    await passPauses(ctx)
    expect(await take(ctx)).toMatchObject([{ attempts: 2 }])
  }))

test('after the last attempt a delivery has failed, and its receiver has an alarm until it is delivered after all', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { receiverId } = await givenDelivery(ctx)
    await failForGood(ctx)
    expect(await openAlarms(ctx)).toEqual([`event_undelivered ${receiverId}`])
    await passPauses(ctx)
    expect(await take(ctx)).toEqual([])

    expect(await retryDeliveries(tx, ctx, receiverId)).toBe(1)
    expect(await openAlarms(ctx)).toEqual([])
    await record(ctx, await takeOne(ctx), { kind: 'delivered' })
    expect(await openAlarms(ctx)).toEqual([])
  }))

test('a later success does not close the alarm of a failed delivery', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { receiverId, backorderId } = await givenDelivery(ctx)
    await failForGood(ctx)
    await publish(tx, ctx, 'backorder.secured', backorderId)
    await advanceAll(ctx)
    await record(ctx, await takeOne(ctx), { kind: 'delivered' })
    expect(await openAlarms(ctx)).toEqual([`event_undelivered ${receiverId}`])
  }))

test('a final refusal is not tried again', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenDelivery(ctx)
    const delivery = await takeOne(ctx)
    const result = { ...refused, isFinal: true }
    await recordDelivery(ctx, { delivery, owner: OWNER, result, chance: 0 })
    await passPauses(ctx)
    expect(await take(ctx)).toEqual([])
  }))

test('a delivery that nobody can send waits, and loses no attempt', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenReceiver(ctx, { kind: 'mail', address: 'ops@example.test' })
    await givenSecured(ctx)
    await advanceAll(ctx)
    expect(await claimDueDeliveries(ctx, { owner: OWNER, kinds: ['webhook'], limit: 9 })).toEqual([])
    expect(await claimDueDeliveries(ctx, { owner: OWNER, kinds: ['mail'], limit: 9 })).toMatchObject([
      { attempts: 1, receiver: { address: 'ops@example.test' } },
    ])
  }))

test('a receiver that is disabled gets nothing more', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenDelivery(ctx)
    await sql`update event_receiver set disabled_at = clock_timestamp()`.execute(tx)
    expect(await take(ctx)).toEqual([])
  }))
