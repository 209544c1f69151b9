import { MAIL_RETRY_MS_MAX } from '@droplock/rules/event-mails/kinds'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { claimDueMails, type DueMail } from '../../src/member-mails/claim-due.ts'
import { planMemberMails } from '../../src/member-mails/plan.ts'
import { recordMail } from '../../src/member-mails/record.ts'
import { findUndeliveredMails, giveUpMails } from '../../src/member-mails/undelivered.ts'
import {
  chooseMails,
  readKindsOfMail,
  readOwnMails,
  retryOwnAddress,
  unsubscribe,
} from '../../src/members/mails.ts'
import { eraseOwnPerson } from '../../src/members/own.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenMember, passMailPauses } from '../support/members.ts'
import { advanceAll, givenEvent } from '../support/receivers.ts'
import { contextOf, givenAccount } from '../support/world.ts'

const PAUSE_MS = 300_000
const terms = { gatherMs: 30_000, pauseMs: PAUSE_MS }
const owner = '01a00000-0000-7000-8000-00000000000a'

/** Numbers and plans everything that has happened. */
async function plan(ctx: Context): Promise<void> {
  await advanceAll(ctx)
  while ((await planMemberMails(ctx, terms)) > 0);
}

/** Claims everything, whatever the time is. */
async function claim(ctx: Context): Promise<readonly DueMail[]> {
  await passMailPauses(ctx)
  return claimDueMails(ctx, { owner, limit: 100 })
}

const contentsOf = (mails: readonly DueMail[]) =>
  mails.map(({ email, topics }) => [email, topics.map(({ total }) => total)])

const record = (ctx: Context, mail: DueMail, result: Parameters<typeof recordMail>[1]['result']) =>
  recordMail(ctx, { mail, owner, result, chance: 0 })

const sent = { kind: 'sent', answer: '250 ok' } as const
const bounced = { kind: 'bounced', answer: '550 No such mailbox anna@example.com' } as const
const failed = { kind: 'failed', answer: '451 later' } as const

async function givenAccountId(ctx: Context): Promise<string> {
  return (await givenAccount(ctx)).actor.accountId
}

const stateOf = async (ctx: Context, id: string) =>
  (await ctx.db.selectFrom('member_mail').select('state').where('id', '=', id).executeTakeFirst())?.state

test('every person of the account gets one mail about what happens, and nobody else does', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [accountId, other] = [await givenAccountId(ctx), await givenAccountId(ctx)]
    const owning = await givenMember(ctx, accountId)
    const viewing = await givenMember(ctx, accountId, { role: 'viewer', language: 'zh' })
    await givenMember(ctx, accountId, { verified: false })
    await givenMember(ctx, other)
    await givenEvent(ctx, accountId)
    await givenEvent(ctx, accountId)
    await plan(ctx)
    const mails = await claim(ctx)
    expect(contentsOf(mails).toSorted()).toEqual(
      [
        [owning.email, [2]],
        [viewing.email, [2]],
      ].toSorted(),
    )
    expect(mails.find(({ email }) => email === viewing.email)).toMatchObject({
      language: 'zh',
      name: 'Anna',
      attempts: 1,
    })
  }))

test('what has been mailed is not mailed again, whatever is planned anew', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const accountId = await givenAccountId(ctx)
    await givenMember(ctx, accountId)
    await givenEvent(ctx, accountId)
    await plan(ctx)
    await tx.updateTable('member_mail_feed').set({ planned_position: 0n }).execute()
    await plan(ctx)
    const [mail, ...others] = await claim(ctx)
    expect([mail?.topics[0]?.total, others]).toEqual([1, []])
    if (mail !== undefined) await record(ctx, mail, sent)
    await tx.updateTable('member_mail_feed').set({ planned_position: 0n }).execute()
    await plan(ctx)
    // A mail that is about nothing new is not sent.
    expect(await claim(ctx)).toEqual([])
  }))

test('a kind that is switched off is not mailed; of what was gathered before, it is left out', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const accountId = await givenAccountId(ctx)
    const member = await givenMember(ctx, accountId)
    await givenEvent(ctx, accountId)
    await plan(ctx)
    await chooseMails(member, { kind: 'secured', on: false })
    await givenEvent(ctx, accountId)
    await plan(ctx)
    expect(await claim(ctx)).toEqual([])
    expect(await tx.selectFrom('member_mail').select('state').execute()).toEqual([{ state: 'dropped' }])
    expect((await readOwnMails(member)).kinds.filter(({ on }) => !on)).toEqual([
      { kind: 'secured', on: false },
    ])
    await chooseMails(member, { kind: 'secured', on: true })
    await givenEvent(ctx, accountId)
    await plan(ctx)
    expect(contentsOf(await claim(ctx))).toEqual([[member.email, [1]]])
  }))

test('10,000 events are one mail, which names the first of them; the next mail comes minutes later', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const accountId = await givenAccountId(ctx)
    const member = await givenMember(ctx, accountId)
    await sql`insert into event (id, topic, account_id, subject_id, data)
      select gen_random_uuid(), 'backorder.failed', ${accountId}, gen_random_uuid(), jsonb_build_object('name', n || '.test')
      from generate_series(1, 10000) as n`.execute(tx)
    await plan(ctx)
    const mails = await claim(ctx)
    expect(contentsOf(mails)).toEqual([[member.email, [10_000]]])
    expect(mails[0]?.topics[0]?.events).toHaveLength(40)
    await givenEvent(ctx, accountId)
    await plan(ctx)
    const { rows } = await sql<{ ms: number }>`
      select (extract(epoch from max(due_at) filter (where state = 'gathering') - max(closed_at)) * 1000)::float8 as ms
      from member_mail`.execute(tx)
    expect(rows[0]?.ms).toBe(PAUSE_MS)
  }))

test('a mail that is not due is not claimed, and what follows waits for the mail before', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const accountId = await givenAccountId(ctx)
    await givenMember(ctx, accountId)
    await givenEvent(ctx, accountId)
    await plan(ctx)
    expect(await claimDueMails(ctx, { owner, limit: 10 })).toEqual([])
    const [first] = await claim(ctx)
    await givenEvent(ctx, accountId)
    await plan(ctx)
    await sql`update member_mail set due_at = clock_timestamp() where state = 'gathering'`.execute(tx)
    expect(await claimDueMails(ctx, { owner, limit: 10 })).toEqual([])
    if (first !== undefined) expect(await record(ctx, first, sent)).toBe('sent')
    expect(await claimDueMails(ctx, { owner, limit: 10 })).toHaveLength(1)
  }))

test('a mail whose sender is gone is sent by another with the same id and text, and the first can record nothing more', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const accountId = await givenAccountId(ctx)
    await givenMember(ctx, accountId)
    await givenEvent(ctx, accountId)
    await plan(ctx)
    const [first] = await claim(ctx)
    await passMailPauses(ctx)
    const other = ctx.newId()
    const [again] = await claimDueMails(ctx, { owner: other, limit: 10 })
    expect(again).toEqual({ ...first, attempts: 2 })
    if (first === undefined || again === undefined) throw new Error('nothing was claimed')
    expect(await record(ctx, first, sent)).toBeUndefined()
    expect(await recordMail(ctx, { mail: again, owner: other, result: sent, chance: 0 })).toBe('sent')
    await passMailPauses(ctx)
    expect(await claim(ctx)).toEqual([])
  }))

test('what fails is tried later for three days and then given up, which is an alarm', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const accountId = await givenAccountId(ctx)
    await givenMember(ctx, accountId)
    await givenEvent(ctx, accountId)
    await plan(ctx)
    const [first] = await claim(ctx)
    if (first === undefined) throw new Error('nothing was claimed')
    expect(await record(ctx, first, failed)).toBe('retried')
    expect(await claimDueMails(ctx, { owner, limit: 10 })).toEqual([])
    expect(await findUndeliveredMails(ctx)).toEqual([])
    await sql`update member_mail set closed_at = closed_at - interval '61 minutes'`.execute(tx)
    expect(await findUndeliveredMails(ctx)).toMatchObject([
      { subject: 'members', facts: { waiting: 1, answer: '451 later' } },
    ])
    await sql`update member_mail set closed_at = clock_timestamp() - ${MAIL_RETRY_MS_MAX} * interval '1 millisecond'`.execute(
      tx,
    )
    const [last] = await claim(ctx)
    if (last === undefined) throw new Error('nothing was claimed')
    expect(await record(ctx, last, failed)).toBe('given_up')
    expect(await findUndeliveredMails(ctx)).toMatchObject([{ facts: { givenUp: 1 } }])
    await sql`update member_mail set decided_at = decided_at - interval '25 hours'`.execute(tx)
    expect(await findUndeliveredMails(ctx)).toEqual([])
  }))

test('what nobody sends is an alarm after an hour, and given up after a week', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const accountId = await givenAccountId(ctx)
    await givenMember(ctx, accountId)
    await givenEvent(ctx, accountId)
    await plan(ctx)
    const pass = (text: string) => sql`update member_mail set due_at = due_at - ${text}::interval`.execute(tx)
    await pass('62 minutes')
    expect(await findUndeliveredMails(ctx)).toMatchObject([{ facts: { waiting: 1 } }])
    expect(await giveUpMails(ctx)).toBe(0)
    await pass('7 days')
    expect(await giveUpMails(ctx)).toBe(1)
    expect(await findUndeliveredMails(ctx)).toMatchObject([{ facts: { givenUp: 1 } }])
    expect(await claim(ctx)).toEqual([])
  }))

test('a refused address gets nothing more until its person says that it is right; then the refused mail comes first', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const accountId = await givenAccountId(ctx)
    const member = await givenMember(ctx, accountId)
    await givenEvent(ctx, accountId)
    await plan(ctx)
    const [mail] = await claim(ctx)
    if (mail === undefined) throw new Error('nothing was claimed')
    // One that gathers meanwhile is kept.
    await givenEvent(ctx, accountId)
    await plan(ctx)
    expect(await record(ctx, mail, bounced)).toBe('refused')
    expect((await readOwnMails(member)).bounced).toMatchObject({ answer: bounced.answer })
    await givenEvent(ctx, accountId)
    await plan(ctx)
    expect(await claim(ctx)).toEqual([])
    // Its person's matter, and no alarm of ours.
    await sql`update member_mail set due_at = due_at - interval '2 hours', closed_at = closed_at - interval '2 hours'`.execute(
      tx,
    )
    expect(await findUndeliveredMails(ctx)).toEqual([])
    await retryOwnAddress(member)
    expect((await readOwnMails(member)).bounced).toBeNull()
    const [again] = await claim(ctx)
    expect(again).toEqual(mail)
    if (again !== undefined) await record(ctx, again, sent)
    expect(contentsOf(await claim(ctx))).toEqual([[member.email, [1]]])
  }))

test('another address of a person whose address was refused is not refused', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const accountId = await givenAccountId(ctx)
    const member = await givenMember(ctx, accountId)
    await givenEvent(ctx, accountId)
    await plan(ctx)
    const [mail] = await claim(ctx)
    if (mail !== undefined) await record(ctx, mail, bounced)
    await tx
      .updateTable('member')
      .set({ email: 'other@example.com' })
      .where('id', '=', member.actor.memberId)
      .execute()
    expect((await readOwnMails(member)).bounced).toBeNull()
    await givenEvent(ctx, accountId)
    await plan(ctx)
    expect(contentsOf(await claim(ctx))).toEqual([['other@example.com', [1]]])
  }))

test('the link in a mail switches off what it is about, for its reader alone, and again without effect', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const accountId = await givenAccountId(ctx)
    const [reader, colleague] = [await givenMember(ctx, accountId), await givenMember(ctx, accountId)]
    await givenEvent(ctx, accountId)
    await plan(ctx)
    const key = (await claim(ctx)).find(({ email }) => email === reader.email)?.unsubscribeKey ?? ''
    expect(await readKindsOfMail(ctx, key)).toEqual(['secured'])
    for (const _ of [1, 2]) expect(await unsubscribe(ctx, key)).toEqual(['secured'])
    expect((await readOwnMails(reader)).kinds.filter(({ on }) => !on).map(({ kind }) => kind)).toEqual([
      'secured',
    ])
    expect((await readOwnMails(colleague)).kinds.every(({ on }) => on)).toBe(true)
    await expect(unsubscribe(ctx, '00'.repeat(16))).rejects.toMatchObject({ code: 'not_found' })
  }))

test('who has left an account gets nothing of it any more, also not what was gathered before', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const [accountId, other] = [await givenAccountId(ctx), await givenAccountId(ctx)]
    await givenMember(ctx, accountId)
    const leaving = await givenMember(ctx, accountId, { role: 'buyer' })
    await givenEvent(ctx, accountId)
    await plan(ctx)
    await tx
      .updateTable('member')
      .set({ account_id: other, role: 'owner' })
      .where('id', '=', leaving.actor.memberId)
      .execute()
    expect((await claim(ctx)).map(({ email }) => email)).not.toContain(leaving.email)
  }))

test('of a person who is erased nothing is left and nothing is sent', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const accountId = await givenAccountId(ctx)
    await givenMember(ctx, accountId)
    const leaving = await givenMember(ctx, accountId, { role: 'viewer' })
    await chooseMails(leaving, { kind: 'invoice', on: false })
    await givenEvent(ctx, accountId)
    await plan(ctx)
    const mail = (await claim(ctx)).find(({ email }) => email === leaving.email)
    if (mail === undefined) throw new Error('nothing was claimed')
    await eraseOwnPerson(leaving)
    // It was under way.
    expect(await record(ctx, mail, bounced)).toBeUndefined()
    expect(await stateOf(ctx, mail.id)).toBeUndefined()
    for (const table of [
      'member_mail',
      'member_mail_off',
      'member_mail_event',
      'member_mail_bounce',
    ] as const) {
      const left = await tx
        .selectFrom(table)
        .select('member_id')
        .where('member_id', '=', leaving.actor.memberId)
        .execute()
      expect([table, left]).toEqual([table, []])
    }
    await givenEvent(ctx, accountId)
    await plan(ctx)
    expect((await claim(ctx)).map(({ email }) => email)).not.toContain(leaving.email)
  }))

test('what happened before mails began is mailed to nobody', () =>
  rolledBack(async (tx) => {
    const { rows } = await sql<{ isAtEnd: boolean }>`
      select planned_position = last_position as "isAtEnd" from member_mail_feed, event_feed`.execute(tx)
    expect(rows).toEqual([{ isAtEnd: true }])
  }))

test('while two processes plan and two send at the same time, each event is in one mail and each mail is claimed once', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.openAs('worker'))
    const setUp = contextOf(clone.db)
    const accountId = await givenAccountId(setUp)
    const people = 5
    for (let n = 0; n < people; n += 1) await givenMember(setUp, accountId, { role: 'owner' })
    const claimed: DueMail[] = []
    const over = new AbortController()
    const planner = async () => {
      while (!over.signal.aborted) await planMemberMails(ctx, { gatherMs: 0, pauseMs: 0 })
    }
    const sender = async (own: string) => {
      while (!over.signal.aborted)
        for (const mail of await claimDueMails(ctx, { owner: own, limit: 3 })) {
          claimed.push(mail)
          await recordMail(ctx, { mail, owner: own, result: sent, chance: 0 })
        }
    }
    const running = [planner(), planner(), sender(ctx.newId()), sender(ctx.newId())]
    const events = 60
    for (let n = 0; n < events; n += 1) {
      await givenEvent(setUp, accountId)
      await advanceAll(setUp)
    }
    const undecided = () =>
      sql`select from member_mail where decided_at is null union all
        select from member_mail_feed, event_feed where planned_position < last_position`.execute(clone.db)
    await expect.poll(async () => (await undecided()).rows.length, { timeout: 20_000 }).toBe(0)
    over.abort()
    await Promise.all(running)
    expect(new Set(claimed.map(({ id }) => id)).size).toBe(claimed.length)
    const byPerson = Map.groupBy(claimed, ({ email }) => email)
    expect(
      [...byPerson.values()].map((mails) =>
        mails.reduce((sum, { topics }) => sum + (topics[0]?.total ?? 0), 0),
      ),
    ).toEqual(Array.from({ length: people }, () => events))
    const { rows } = await sql<{
      count: number
    }>`select count(*)::integer as count from member_mail_event`.execute(clone.db)
    expect(rows[0]?.count).toBe(events * people)
  } finally {
    await clone.drop()
  }
})
