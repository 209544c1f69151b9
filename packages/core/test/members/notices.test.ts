import type { Topic } from '@droplock/rules/events'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { planMemberMails } from '../../src/member-mails/plan.ts'
import { putNoticesAway, readNotices } from '../../src/members/notices.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenMember } from '../support/members.ts'
import { advanceAll } from '../support/receivers.ts'
import { contextOf, givenAccount } from '../support/world.ts'

async function givenOwner(ctx: Context) {
  const { accountId } = (await givenAccount(ctx)).actor
  return { accountId, member: await givenMember(ctx, accountId) }
}

/** Something that happened, not looked at yet. */
async function happen(
  ctx: Context,
  accountId: string,
  topic: Topic,
  subjectId = ctx.newId(),
  data: object = {},
): Promise<string> {
  const id = ctx.newId()
  await sql`insert into event (id, topic, account_id, subject_id, data)
    values (${id}, ${topic}, ${accountId}, ${subjectId}, ${JSON.stringify(data)}::jsonb)`.execute(ctx.db)
  return id
}

async function plan(ctx: Context): Promise<void> {
  await advanceAll(ctx)
  while ((await planMemberMails(ctx, { gatherMs: 0, pauseMs: 0 })) > 0);
}

const idsOf = async (member: Parameters<typeof readNotices>[0]) =>
  (await readNotices(member)).events.map(({ id }) => id)

test.each(['together', 'one after the other'])(
  'of an order that was moved twice the last time stands, until the order is decided: looked at %s',
  (how) =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const { accountId, member } = await givenOwner(ctx)
      const next = async () => void (how === 'together' || (await plan(ctx)))
      const order = ctx.newId()
      await happen(ctx, accountId, 'backorder.rescheduled', order)
      await next()
      const second = await happen(ctx, accountId, 'backorder.rescheduled', order)
      await next()
      const flagged = await happen(ctx, accountId, 'backorder.premium_flagged', order)
      await happen(ctx, accountId, 'backorder.registering', order)
      const decided = ctx.newId()
      await happen(ctx, accountId, 'backorder.rescheduled', decided)
      await next()
      await happen(ctx, accountId, 'backorder.failed', decided)
      await plan(ctx)
      expect(await idsOf(member)).toEqual([flagged, second])
      await happen(ctx, accountId, 'backorder.successful', order)
      await plan(ctx)
      expect(await idsOf(member)).toEqual([])
    }),
)

test('a name that expires stands until it is renewed or has ended, and once as expired', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { accountId, member } = await givenOwner(ctx)
    const [renewed, ended] = [ctx.newId(), ctx.newId()]
    for (const registration of [renewed, ended])
      await happen(ctx, accountId, 'registration.expiring', registration)
    const expired = await happen(ctx, accountId, 'registration.expired', ended)
    await plan(ctx)
    expect(await idsOf(member)).toHaveLength(2)
    await happen(ctx, accountId, 'renewal.successful', ctx.newId(), { registration_id: renewed })
    await plan(ctx)
    expect(await idsOf(member)).toEqual([expired])
    await happen(ctx, accountId, 'registration.ended', ended)
    await plan(ctx)
    expect(await idsOf(member)).toEqual([])
  }))

test('a refund that failed stands until its payment is refunded', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { accountId, member } = await givenOwner(ctx)
    const failed = await happen(ctx, accountId, 'refund.failed', ctx.newId(), { payment_id: 'one' })
    await happen(ctx, accountId, 'refund.succeeded', ctx.newId(), { payment_id: 'two' })
    await plan(ctx)
    expect(await idsOf(member)).toEqual([failed])
    await happen(ctx, accountId, 'refund.succeeded', ctx.newId(), { payment_id: 'one' })
    await plan(ctx)
    expect(await idsOf(member)).toEqual([])
  }))

test('a low balance stands while it is low; each person puts away for themselves', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { accountId, member } = await givenOwner(ctx)
    const low = await happen(ctx, accountId, 'balance.low', accountId)
    await plan(ctx)
    expect(await readNotices(member)).toEqual({ bouncing: null, events: [] })
    await tx
      .updateTable('account')
      .set({ balance_is_low: true, low_balance_minor: 5n })
      .where('id', '=', accountId)
      .execute()
    expect(await readNotices(member)).toMatchObject({ events: [{ id: low, topic: 'balance.low' }] })
    await putNoticesAway(member, [low])
    expect(await idsOf(member)).toEqual([])
    expect(await idsOf(await givenMember(ctx, accountId))).toEqual([low])
    // It rose and fell again.
    const again = await happen(ctx, accountId, 'balance.low', accountId)
    await plan(ctx)
    expect(await idsOf(member)).toEqual([again])
  }))

test('the marketplace reads and puts away notices with its own rights, and those of other accounts are not among them', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    const [own, other] = [await givenOwner(ctx), await givenOwner(ctx)]
    const id = await happen(ctx, own.accountId, 'webhook_endpoint.disabled')
    const foreign = await happen(ctx, other.accountId, 'webhook_endpoint.disabled')
    await plan(contextOf(clone.openAs('worker')))
    const member = { ...contextOf(clone.openAs('marketplace')), actor: own.member.actor }
    expect(await idsOf(member)).toEqual([id])
    await putNoticesAway(member, [id, foreign])
    expect(await idsOf(member)).toEqual([])
    expect(await clone.db.selectFrom('member_notice_seen').select('notice_id').execute()).toEqual([
      { notice_id: id },
    ])
  } finally {
    await clone.drop()
  }
})
