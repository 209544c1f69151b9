import { DELIVERIES_AT_ONCE_MAX } from '@droplock/rules/events'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { claimDueDeliveries } from '../../src/deliveries/claim-due.ts'
import { disableFailingEndpoint } from '../../src/deliveries/disable-endpoint.ts'
import { recordDelivery } from '../../src/deliveries/record.ts'
import { recordAccepted } from '../../src/deliveries/record-accepted.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { advanceAll, givenEvent, givenReceiver } from '../support/receivers.ts'
import { contextOf, givenAccount, openAlarms } from '../support/world.ts'

const OWNER = '00000000-0000-7000-8000-000000000001'
const delivered = { kind: 'delivered' } as const
const down = { kind: 'failed', failure: 'connection refused' } as const

async function givenEndpoint(ctx: Context) {
  const { actor } = await givenAccount(ctx)
  const { accountId } = actor
  const receiverId = await givenReceiver(ctx, { accountId })
  return { accountId, receiverId }
}

/** Claims what is due, and records it. Returns the subjects in the order of their positions. */
async function sendDue(ctx: Context, result: typeof delivered | typeof down): Promise<readonly string[]> {
  const due = await claimDueDeliveries(ctx, { owner: OWNER, kinds: ['webhook'], limit: 100 })
  for (const delivery of due) await recordDelivery(ctx, { delivery, owner: OWNER, result, chance: 0 })
  return due.map(({ event }) => event.subjectId)
}

/** Time is moved, not waited for. */
const passMinutes = async ({ db }: Context, minutes: number) => {
  await sql`update event_delivery set try_after = try_after - make_interval(mins => ${minutes}),
    first_tried_at = first_tried_at - make_interval(mins => ${minutes})`.execute(db)
  await sql`update receiver_queue set due_at = due_at - make_interval(mins => ${minutes}),
    not_before = not_before - make_interval(mins => ${minutes}),
    failing_since = failing_since - make_interval(mins => ${minutes})`.execute(db)
}

test('an event about a subject waits until the one before is delivered; other subjects do not wait for it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { accountId } = await givenEndpoint(ctx)
    const [one, other] = [ctx.newId(), ctx.newId()]
    for (const subject of [one, one, other, one]) await givenEvent(ctx, accountId, subject)
    await advanceAll(ctx)
    expect(await sendDue(ctx, delivered)).toEqual([one, other])
    await givenEvent(ctx, accountId, one)
    await advanceAll(ctx)
    expect(await sendDue(ctx, delivered)).toEqual([one])
    expect(await sendDue(ctx, delivered)).toEqual([one])
    expect(await sendDue(ctx, delivered)).toEqual([one])
    expect(await sendDue(ctx, delivered)).toEqual([])
  }))

test('what a receiver accepts is recorded together: what waits for each is sent next, and what another sender claimed since is left to it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { accountId } = await givenEndpoint(ctx)
    const subjects = [ctx.newId(), ctx.newId(), ctx.newId()]
    for (const subject of [...subjects, ...subjects]) await givenEvent(ctx, accountId, subject)
    await advanceAll(ctx)
    const due = await claimDueDeliveries(ctx, { owner: OWNER, kinds: ['webhook'], limit: 100 })
    const [first, second, third] = due
    if (first === undefined || second === undefined || third === undefined) throw new Error('nothing is due')
    const other = ctx.newId()
    await sql`update event_delivery set taken_by = ${other} where id = ${third.id}`.execute(tx)
    const accepted = due.map(({ id }, n) => ({ id, durationMs: n, status: 204, answer: `204 ${n}` }))
    const recorded = await recordAccepted(ctx, { receiver: first.receiver, owner: OWNER, accepted })
    expect(recorded).toEqual({ counted: new Set([first.id, second.id]), isMoreDue: true })
    expect(await sendDue(ctx, delivered)).toEqual(subjects.slice(0, 2))
    const logged = tx.selectFrom('delivery_attempt').select(['delivery_id', 'duration_ms', 'answer'])
    expect(await logged.where('duration_ms', '<=', 1).where('status', '=', 204).execute()).toEqual(
      expect.arrayContaining([
        { delivery_id: first.id, duration_ms: 0, answer: '204 0' },
        { delivery_id: second.id, duration_ms: 1, answer: '204 1' },
      ]),
    )
    const { state } = await tx
      .selectFrom('event_delivery')
      .select('state')
      .where('id', '=', third.id)
      .executeTakeFirstOrThrow()
    expect(state).toBe('pending')
  }))

test('to one receiver no more is sent at the same time than may be, and another is not delayed by it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const busy = await givenEndpoint(ctx)
    for (let count = 0; count <= DELIVERIES_AT_ONCE_MAX; count += 1) await givenEvent(ctx, busy.accountId)
    await advanceAll(ctx)
    const take = () => claimDueDeliveries(ctx, { owner: OWNER, kinds: ['webhook'], limit: 100 })
    expect(await take()).toHaveLength(DELIVERIES_AT_ONCE_MAX)
    expect(await take()).toHaveLength(0)
    const calm = await givenEndpoint(ctx)
    await givenEvent(ctx, calm.accountId)
    await advanceAll(ctx)
    expect(await take()).toMatchObject([{ receiver: { id: calm.receiverId } }])
  }))

test('a receiver that is down for an hour is asked with one event at a time, and when it is back gets everything at once, in order per subject', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { accountId, receiverId } = await givenEndpoint(ctx)
    const subjects = [ctx.newId(), ctx.newId(), ctx.newId(), ctx.newId()]
    for (const subject of subjects) await givenEvent(ctx, accountId, subject)
    await advanceAll(ctx)
    expect(await sendDue(ctx, down)).toHaveLength(4)
    const asked: number[] = []
    for (let minute = 0; minute < 60; minute += 1) {
      await passMinutes(ctx, 1)
      for (const subject of subjects) if (minute % 20 === 0) await givenEvent(ctx, accountId, subject)
      await advanceAll(ctx)
      asked.push((await sendDue(ctx, down)).length)
    }
    expect(Math.max(...asked)).toBe(1)
    expect(asked.filter((count) => count === 1).length).toBeLessThan(30)

    // It is back: within the longest pause it is asked, and then everything comes, four at a time.
    await passMinutes(ctx, 6)
    const received = [...(await sendDue(ctx, delivered))]
    expect(received).toHaveLength(1)
    for (let round = 0; round < 8; round += 1) received.push(...(await sendDue(ctx, delivered)))
    expect(received).toHaveLength(16)
    const { rows } = await sql<{ inOrder: boolean }>`
      select bool_and(decided_at >= earlier_at) as "inOrder" from (select decided_at, lag(decided_at) over
        (partition by subject_id order by position) as earlier_at from event_delivery where receiver_id = ${receiverId}) as each
      where earlier_at is not null`.execute(tx)
    expect(rows).toEqual([{ inOrder: true }])
    expect(await openAlarms(ctx)).toEqual([])
  }))

test('an endpoint that has failed for five days is disabled: its account is notified by its other endpoints and by mail, operators are not', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { accountId, receiverId } = await givenEndpoint(ctx)
    await sql`insert into billing_profile (account_id, legal_name, address, country, email, updated_at)
      values (${accountId}, 'A Buyer', 'A street', 'DE', 'accounts@example.com', clock_timestamp())`.execute(
      tx,
    )
    const other = await givenReceiver(ctx, { accountId, topics: ['webhook_endpoint.disabled'] })
    await givenEvent(ctx, accountId)
    await advanceAll(ctx)
    await sendDue(ctx, down)
    await passMinutes(ctx, 5 * 24 * 60 - 1)
    expect(await disableFailingEndpoint(ctx)).toBe(false)
    await passMinutes(ctx, 2)
    expect(await disableFailingEndpoint(ctx)).toBe(true)
    expect(await disableFailingEndpoint(ctx)).toBe(false)
    await advanceAll(ctx)
    const notified = await claimDueDeliveries(ctx, { owner: OWNER, kinds: ['webhook', 'mail'], limit: 100 })
    expect(
      notified.map(({ receiver, event }) => [receiver.kind, receiver.address, event.topic, event.subjectId]),
    ).toEqual(
      expect.arrayContaining([
        ['webhook', `https://receiver.test/${other}`, 'webhook_endpoint.disabled', receiverId],
        ['mail', 'accounts@example.com', 'webhook_endpoint.disabled', receiverId],
      ]),
    )
    expect(notified).toHaveLength(2)
    expect(notified[0]?.event.data).toMatchObject({ id: receiverId, disabled_reason: 'failing' })
    expect(await openAlarms(ctx)).toEqual([])
  }))
