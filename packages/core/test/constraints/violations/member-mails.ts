import { sql } from 'kysely'
import { givenMember } from '../../support/members.ts'
import { givenEvent } from '../../support/receivers.ts'
import type { Fixture, Violation } from '../fixture.ts'

async function memberOf({ ctx, buyer }: Fixture): Promise<string> {
  return (await givenMember(ctx, buyer.actor.accountId)).actor.memberId
}

type Mail = {
  readonly state?: string
  readonly closed?: boolean
  readonly decided?: boolean
  readonly attempts?: number
  readonly key?: string
  readonly kinds?: string
}

async function mail({ ctx, tx }: Fixture, memberId: string, given: Mail = {}): Promise<string> {
  const { state = 'gathering', attempts = 0, kinds = '{result}' } = given
  const { closed = state !== 'gathering', decided = !['gathering', 'sending'].includes(state) } = given
  const id = ctx.newId()
  const now = sql`clock_timestamp()`
  await sql`insert into member_mail (id, member_id, state, due_at, closed_at, decided_at, attempts, kinds, unsubscribe_key)
    values (${id}, ${memberId}, ${state}, ${now}, ${closed ? now : null}, ${decided ? now : null}, ${attempts}, ${kinds}::text[],
      ${given.key === undefined ? sql`uuid_send(gen_random_uuid())` : sql`${given.key}::bytea`})`.execute(tx)
  return id
}

export const memberMailViolations: readonly Violation[] = [
  {
    table: 'member_mail_off',
    constraint: 'mail_kind_known',
    guarantee: 'a person switches off a known kind of mail',
    violate: async (fixture) =>
      sql`insert into member_mail_off (member_id, kind) values (${await memberOf(fixture)}, 'news')`.execute(
        fixture.tx,
      ),
  },
  {
    table: 'member_mail_off',
    constraint: 'one_choice_per_person_and_kind',
    guarantee: 'a kind of mail is on or off',
    violate: async (fixture) => {
      const id = await memberOf(fixture)
      await sql`insert into member_mail_off (member_id, kind) values (${id}, 'result'), (${id}, 'result')`.execute(
        fixture.tx,
      )
    },
  },
  {
    table: 'member_mail',
    constraint: 'member_mail_state_known',
    guarantee: 'a mail has a known state',
    violate: async (fixture) => mail(fixture, await memberOf(fixture), { state: 'lost', decided: true }),
  },
  {
    table: 'member_mail',
    constraint: 'one_gathering_mail_per_person',
    guarantee: 'what happens to an account gathers in one mail for each of its people',
    violate: async (fixture) => {
      const id = await memberOf(fixture)
      await mail(fixture, id)
      await mail(fixture, id)
    },
  },
  {
    table: 'member_mail',
    constraint: 'one_mail_at_a_time_per_person',
    guarantee: 'a person is sent one mail at a time',
    violate: async (fixture) => {
      const id = await memberOf(fixture)
      await mail(fixture, id, { state: 'sending' })
      await mail(fixture, id, { state: 'sending' })
    },
  },
  {
    table: 'member_mail',
    constraint: 'gathering_mail_is_open',
    guarantee: 'nothing is added to a mail that is sent',
    violate: async (fixture) => mail(fixture, await memberOf(fixture), { closed: true }),
  },
  {
    table: 'member_mail',
    constraint: 'decided_mail_has_time',
    guarantee: 'a mail that was sent, refused or given up has the time of it',
    violate: async (fixture) => mail(fixture, await memberOf(fixture), { state: 'sent', decided: false }),
  },
  {
    table: 'member_mail',
    constraint: 'mail_attempts_not_negative',
    guarantee: 'attempts to send a mail are counted from 0',
    violate: async (fixture) => mail(fixture, await memberOf(fixture), { attempts: -1 }),
  },
  {
    table: 'member_mail',
    constraint: 'mailed_kinds_known',
    guarantee: 'a mail is about known kinds',
    violate: async (fixture) => mail(fixture, await memberOf(fixture), { kinds: '{news}' }),
  },
  {
    table: 'member_mail',
    constraint: 'unsubscribe_key_cannot_be_guessed',
    guarantee: 'the key of a link that switches mails off has 128 bits',
    violate: async (fixture) => mail(fixture, await memberOf(fixture), { key: '\\x0011' }),
  },
  {
    table: 'member_mail',
    constraint: 'unsubscribe_key_is_of_one_mail',
    guarantee: 'the key of a link that switches mails off is of one mail',
    violate: async (fixture) => {
      const id = await memberOf(fixture)
      const key = `\\x${'00'.repeat(16)}`
      await mail(fixture, id, { key })
      await mail(fixture, id, { state: 'sent', key })
    },
  },
  {
    table: 'member_mail_event',
    constraint: 'one_mail_per_person_and_event',
    guarantee: 'a person gets one mail about an event',
    violate: async (fixture) => {
      const id = await memberOf(fixture)
      const eventId = await givenEvent(fixture.ctx, fixture.buyer.actor.accountId)
      for (const mailId of [await mail(fixture, id), await mail(fixture, id, { state: 'sent' })])
        await sql`insert into member_mail_event (member_id, event_id, mail_id) values (${id}, ${eventId}, ${mailId})`.execute(
          fixture.tx,
        )
    },
  },
  {
    table: 'member_mail_feed',
    constraint: 'one_member_mail_feed',
    guarantee: 'events are looked at for mails in one order',
    violate: ({ tx }) =>
      sql`insert into member_mail_feed (id, planned_position) values (false, 0)`.execute(tx),
  },
  {
    table: 'member_mail_bounce',
    constraint: 'bounced_email_is_lower_case',
    guarantee: 'a refused address is recognised as the one of its person',
    violate: async (fixture) =>
      sql`insert into member_mail_bounce (member_id, email) values (${await memberOf(fixture)}, 'Anna@example.com')`.execute(
        fixture.tx,
      ),
  },
  {
    table: 'account_notice',
    constraint: 'notice_topic_known',
    guarantee: 'a notice is of a known topic',
    violate: (fixture) => notice(fixture, 'backorder.held'),
  },
  {
    table: 'account_notice',
    constraint: 'one_notice_per_subject',
    guarantee: 'only the newest about a subject stands on the pages',
    violate: async (fixture) => {
      const subjectId = fixture.ctx.newId()
      await notice(fixture, 'refund.failed', subjectId)
      await notice(fixture, 'refund.failed', subjectId)
    },
  },
  {
    table: 'member_notice_seen',
    constraint: 'notice_is_put_away_once',
    guarantee: 'a notice is put away once',
    violate: async (fixture) => {
      const id = await memberOf(fixture)
      const noticeId = await notice(fixture, 'refund.failed')
      await sql`insert into member_notice_seen (member_id, notice_id) values (${id}, ${noticeId}), (${id}, ${noticeId})`.execute(
        fixture.tx,
      )
    },
  },
]

async function notice({ ctx, tx, buyer }: Fixture, topic: string, subjectId = ctx.newId()): Promise<string> {
  const id = ctx.newId()
  await sql`insert into account_notice (id, account_id, topic, subject_id, data, occurred_at, position)
    values (${id}, ${buyer.actor.accountId}, ${topic}, ${subjectId}, '{}', clock_timestamp(), 1)`.execute(tx)
  return id
}
