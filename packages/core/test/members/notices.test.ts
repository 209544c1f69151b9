import type { Topic } from '@droplock/rules/events'
import { NOTICE_DAYS_MAX } from '@droplock/rules/member-notices'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { putNoticesAway, readNotices } from '../../src/members/notices.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import { givenDecided, givenSecured } from '../support/held.ts'
import { givenMember } from '../support/members.ts'
import { advanceAll } from '../support/receivers.ts'
import { contextOf, givenAccount } from '../support/world.ts'

type Happened = { readonly subjectId?: string; readonly data?: object; readonly daysAgo?: number }

/** Something that happened, numbered. */
async function publish(
  ctx: Context,
  accountId: string,
  topic: Topic,
  happened: Happened = {},
): Promise<string> {
  const { subjectId = ctx.newId(), data = {}, daysAgo = 0 } = happened
  const id = ctx.newId()
  await sql`insert into event (id, topic, account_id, subject_id, data, occurred_at)
    values (${id}, ${topic}, ${accountId}, ${subjectId}, ${JSON.stringify(data)}::jsonb,
      clock_timestamp() - make_interval(days => ${daysAgo}))`.execute(ctx.db)
  await advanceAll(ctx)
  return id
}

test('of an order that was moved twice the last time stands, until the order is decided', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId, buyer } = await givenSecured(ctx)
    const { accountId } = buyer.actor
    const member = await givenMember(ctx, accountId)
    await publish(ctx, accountId, 'backorder.rescheduled', { subjectId: backorderId })
    const second = await publish(ctx, accountId, 'backorder.rescheduled', { subjectId: backorderId })
    const flagged = await publish(ctx, accountId, 'backorder.premium_flagged', { subjectId: backorderId })
    const ids = async () => (await readNotices(member)).events.map(({ id }) => id)
    expect(await ids()).toEqual([flagged, second])
    await putNoticesAway(member, [flagged])
    expect(await ids()).toEqual([second])
    const colleague = await givenMember(ctx, accountId)
    expect((await readNotices(colleague)).events).toHaveLength(2)
    await unwatchMachines(tx)
    await sql`update backorder set state = 'registering' where id = ${backorderId}`.execute(tx)
    expect(await ids()).toEqual([second])
    await publish(ctx, accountId, 'backorder.rescheduled')
    expect(await ids()).toEqual([second])
  }))

test('a name that expired stands until it is renewed, and what is a month old does not', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer } = await givenDecided(ctx, 'registered')
    const { accountId } = buyer.actor
    const member = await givenMember(ctx, accountId)
    const { id, expires_at } = await tx.selectFrom('registration').selectAll().executeTakeFirstOrThrow()
    const data = { expires_at: expires_at.toISOString() }
    const ids = async () => (await readNotices(member)).events.map((event) => event.id)
    await publish(ctx, accountId, 'registration.expired', { subjectId: id, data, daysAgo: NOTICE_DAYS_MAX })
    expect(await ids()).toEqual([])
    const expired = await publish(ctx, accountId, 'registration.expired', { subjectId: id, data })
    expect(await ids()).toEqual([expired])
    await tx
      .updateTable('registration')
      .set({ expires_at: new Date(expires_at.getTime() + 86_400_000) })
      .where('id', '=', id)
      .execute()
    expect(await ids()).toEqual([])
  }))

test('a refund that failed stands until it is tried anew; a suspended account is named', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { buyer } = await givenDecided(ctx, 'lost')
    const { accountId } = buyer.actor
    const member = await givenMember(ctx, accountId)
    const refund = await tx.selectFrom('refund').select('id').executeTakeFirstOrThrow()
    const failed = await publish(ctx, accountId, 'refund.failed', { subjectId: refund.id })
    // It has succeeded since.
    expect(await readNotices(member)).toEqual({ bouncing: null, isSuspended: false, events: [] })
    await unwatchMachines(tx)
    await tx.updateTable('refund').set({ state: 'failed' }).where('id', '=', refund.id).execute()
    expect((await readNotices(member)).events).toMatchObject([{ id: failed, topic: 'refund.failed' }])
    await tx.updateTable('account').set({ disabled_at: new Date() }).where('id', '=', accountId).execute()
    expect((await readNotices(member)).isSuspended).toBe(true)
  }))

test('the marketplace reads and puts away notices with its own rights, and events of other accounts are not among them', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    const [accountId, other] = [
      (await givenAccount(ctx)).actor.accountId,
      (await givenAccount(ctx)).actor.accountId,
    ]
    const { actor } = await givenMember(ctx, accountId)
    const own = await publish(ctx, accountId, 'webhook_endpoint.disabled')
    const foreign = await publish(ctx, other, 'webhook_endpoint.disabled')
    const member = { ...contextOf(clone.openAs('marketplace')), actor }
    expect((await readNotices(member)).events.map(({ id }) => id)).toEqual([own])
    await putNoticesAway(member, [own, foreign])
    expect((await readNotices(member)).events).toEqual([])
    expect(await clone.db.selectFrom('member_notice_seen').select('event_id').execute()).toEqual([
      { event_id: own },
    ])
  } finally {
    await clone.drop()
  }
})
