import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { raiseAlarms } from '../../src/alarms/raise.ts'
import type { Context } from '../../src/context.ts'
import { claimDueDeliveries, type DueDelivery } from '../../src/deliveries/claim-due.ts'
import { recordDelivery } from '../../src/deliveries/record.ts'
import { raiseUnsendable } from '../../src/deliveries/undelivered.ts'
import { disableReceiver } from '../../src/receivers/administer.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { givenSecured } from '../support/held.ts'
import { advanceAll, givenEvent, givenReceiver } from '../support/receivers.ts'
import { untilOneWaits } from '../support/waiting.ts'
import { contextOf, givenStaff, openAlarms } from '../support/world.ts'

const OWNER = '00000000-0000-7000-8000-000000000001'

let clone: Clone
let ctx: Context
beforeEach(async () => {
  clone = await cloneDatabase()
  ctx = contextOf(clone.db)
})
afterEach(() => clone.drop())

/** Two events on their way to a receiver, taken. */
async function givenTwoTaken() {
  const receiverId = await givenReceiver(ctx)
  const { buyer } = await givenSecured(ctx)
  await givenEvent(ctx, buyer.actor.accountId)
  await advanceAll(ctx)
  const taken = await claimDueDeliveries(ctx, { owner: OWNER, kinds: ['webhook'], limit: 2 })
  expect(taken).toHaveLength(2)
  const [failing, accepted] = taken
  if (failing === undefined || accepted === undefined) throw new Error('nothing is due')
  return { receiverId, failing, accepted }
}

const record = async (
  on: Context,
  delivery: DueDelivery,
  result: Parameters<typeof recordDelivery>[1]['result'],
) => (await recordDelivery(on, { delivery, owner: OWNER, result, chance: 0 })).counts

const failedForGood = { kind: 'failed', failure: 'answered 410', isFinal: true } as const

test('a delivery accepted while another is given up does not close the alarm of the other', async () => {
  const { receiverId, failing, accepted } = await givenTwoTaken()
  // It is open already, because something waited.
  await raiseAlarms(ctx, [{ kind: 'event_undelivered', subject: receiverId }])
  let accepting: Promise<boolean> | undefined
  await clone.db.transaction().execute(async (tx) => {
    await record({ ...ctx, db: tx }, failing, failedForGood)
    accepting = record(ctx, accepted, { kind: 'delivered' })
    await untilOneWaits(clone.db)
  })
  expect(await accepting).toBe(true)
  expect(await openAlarms(ctx)).toEqual([`event_undelivered ${receiverId}`])
})

test('a delivery given up while its receiver is being disabled raises no alarm', async () => {
  const { receiverId, failing } = await givenTwoTaken()
  const operator = await givenStaff(ctx, 'operator')
  let recording: Promise<boolean> | undefined
  await clone.db.transaction().execute(async (tx) => {
    await disableReceiver({ ...operator, db: tx }, { id: receiverId, reason: 'gone' })
    recording = record(ctx, failing, failedForGood)
    await untilOneWaits(clone.db)
  })
  expect(await recording).toBe(true)
  expect(await openAlarms(ctx)).toEqual([])
})

test('deliveries that wait while their receiver is being disabled raise no alarm', async () => {
  const { receiverId } = await givenTwoTaken()
  await sql`update event_delivery set try_after = clock_timestamp() - interval '61 seconds'`.execute(clone.db)
  const operator = await givenStaff(ctx, 'operator')
  let raising: Promise<void> | undefined
  await clone.db.transaction().execute(async (tx) => {
    await disableReceiver({ ...operator, db: tx }, { id: receiverId, reason: 'gone' })
    raising = raiseUnsendable(ctx, ['webhook'], 'nothing sends to webhooks')
    await untilOneWaits(clone.db)
  })
  await raising
  expect(await openAlarms(ctx)).toEqual([])
})

/** An event that is being sent, and a later one about the same subject that has no position yet. */
async function givenFollower() {
  await givenReceiver(ctx)
  const { buyer } = await givenSecured(ctx)
  const subject = ctx.newId()
  await advanceAll(ctx)
  await takeOne()
  await givenEvent(ctx, buyer.actor.accountId, subject)
  await advanceAll(ctx)
  const sending = await takeOne()
  const follower = await givenEvent(ctx, buyer.actor.accountId, subject)
  return { sending, follower }
}

async function takeOne(): Promise<DueDelivery> {
  const [taken] = await claimDueDeliveries(ctx, { owner: OWNER, kinds: ['webhook'], limit: 1 })
  if (taken === undefined) throw new Error('nothing is due')
  return taken
}

test('an event that is planned while the one before is being recorded is sent next', async () => {
  const { sending, follower } = await givenFollower()
  let planning: Promise<void> | undefined
  await clone.db.transaction().execute(async (tx) => {
    await record({ ...ctx, db: tx }, sending, { kind: 'delivered' })
    planning = advanceAll(ctx)
    await untilOneWaits(clone.db)
  })
  await planning
  expect((await takeOne()).event.id).toBe(follower)
})

test('an event that is planned before the one before is recorded waits for it, and is sent next', async () => {
  const { sending, follower } = await givenFollower()
  let recording: Promise<boolean> | undefined
  await clone.db.transaction().execute(async (tx) => {
    await advanceAll({ ...ctx, db: tx })
    recording = record(ctx, sending, { kind: 'delivered' })
    await untilOneWaits(clone.db)
  })
  expect(await recording).toBe(true)
  expect((await takeOne()).event.id).toBe(follower)
})
