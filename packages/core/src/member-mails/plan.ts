import { type MailKind, mailKindOf, mailTopics } from '@droplock/rules/event-mails/kinds'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { isBouncing } from './internal.ts'
import { planNotices } from './plan-notices.ts'

/** Events per round: few enough for some milliseconds where an account has a few people. */
const EVENTS_PER_ROUND_MAX = 500

type PlanMails = {
  /** A mail is sent so long after the first thing that it is about. */
  readonly gatherMs: number
  /** And so long after the mail before, at the earliest. */
  readonly pauseMs: number
}

/**
 * Adds what has happened to the mails of the people whom it concerns: all people of its account who want mails of its kind and whose
 * address is not refused. A person has one mail that gathers at a time. Returns how many events were looked at; 0 also while another
 * process plans. What is critical also stands on the pages. A step of its own and not a part of numbering: accounts with many people delay no webhook (ADR 51).
 */
export async function planMemberMails(ctx: Context, plan: PlanMails): Promise<number> {
  const { rows } = await sql`
    select from member_mail_feed as mails join event_feed as feed on feed.last_position > mails.planned_position`.execute(
    ctx.db,
  )
  if (rows.length === 0) return 0
  return inTransaction(ctx.db, async (tx) => {
    const planned = await tx
      .selectFrom('member_mail_feed')
      .select('planned_position')
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (planned === undefined) return 0
    const { upTo, count, wanted } = await lookAt(tx, planned.planned_position)
    const mailIds = await openMails(tx, ctx, wanted, plan)
    await addEvents(tx, wanted, mailIds)
    await planNotices(tx, { after: planned.planned_position, upTo })
    await tx.updateTable('member_mail_feed').set({ planned_position: upTo }).execute()
    return count
  })
}

type Wanted = { readonly eventId: string; readonly memberId: string; readonly kind: MailKind }

type LookedAt = { readonly upTo: bigint; readonly count: number; readonly wanted: readonly Wanted[] }

/** The next events, and who wants a mail about which. Everything up to the end of the feed is visible (ADR 12). */
async function lookAt(tx: Transaction<Database>, after: bigint): Promise<LookedAt> {
  const { rows: looked } = await sql<{ upTo: bigint; count: number }>`
    select max(position) as "upTo", count(*)::integer as count from (
      select position from event where position > ${after} and position <= (select last_position from event_feed)
      order by position limit ${EVENTS_PER_ROUND_MAX}) as next`.execute(tx)
  const { upTo = null, count = 0 } = looked[0] ?? {}
  // What was pruned meanwhile leaves a gap behind.
  if (upTo === null) return { upTo: await endOfFeed(tx), count, wanted: [] }
  const { rows: wanted } = await sql<Wanted>`
    select event.id as "eventId", member.id as "memberId", of_topic.kind
    from event join unnest(${[...mailTopics]}::text[], ${mailTopics.map(mailKindOf)}::text[]) as of_topic (topic, kind) using (topic)
      join member on member.account_id = event.account_id and member.email_verified and member.erased_at is null
    where event.position > ${after} and event.position <= ${upTo}
      and not exists (select from member_mail_off as off where off.member_id = member.id and off.kind = of_topic.kind)
      and not ${isBouncing}
    order by event.position`.execute(tx)
  return { upTo, count, wanted }
}

async function endOfFeed(tx: Transaction<Database>): Promise<bigint> {
  const { last_position } = await tx
    .selectFrom('event_feed')
    .select('last_position')
    .executeTakeFirstOrThrow()
  return last_position
}

/**
 * The mail that gathers for each of these people, and becomes due no later than a new one would: begun where there is none. They stay
 * locked, so that none is closed before the events are in it. In the order of the people, so that two processes do not deadlock.
 */
async function openMails(
  tx: Transaction<Database>,
  ctx: Context,
  wanted: readonly Wanted[],
  { gatherMs, pauseMs }: PlanMails,
): Promise<ReadonlyMap<string, string>> {
  const kindsOf = Map.groupBy(wanted, ({ memberId }) => memberId)
  const people = [...kindsOf.keys()].toSorted()
  if (people.length === 0) return new Map()
  const kinds = people.map((id) => `{${[...new Set(kindsOf.get(id)?.map(({ kind }) => kind))].join(',')}}`)
  const { rows } = await sql<{ id: string; memberId: string }>`
    insert into member_mail as mail (id, member_id, state, due_at, kinds, unsubscribe_key)
    select fresh.id, fresh.member_id, 'gathering', greatest(
        statement_timestamp() + ${gatherMs} * interval '1 millisecond',
        (select max(closed_at) from member_mail where member_id = fresh.member_id) + ${pauseMs} * interval '1 millisecond'),
      fresh.kinds::text[], uuid_send(gen_random_uuid())
    from unnest(${people.map(() => ctx.newId())}::uuid[], ${people}::uuid[], ${kinds}::text[]) as fresh (id, member_id, kinds)
    order by fresh.member_id
    on conflict (member_id) where state = 'gathering' do update
      set kinds = array(select distinct unnest(mail.kinds || excluded.kinds) order by 1)
    returning id, member_id as "memberId"`.execute(tx)
  return new Map(rows.map(({ id, memberId }) => [memberId, id]))
}

async function addEvents(
  tx: Transaction<Database>,
  wanted: readonly Wanted[],
  mailIds: ReadonlyMap<string, string>,
): Promise<void> {
  if (wanted.length === 0) return
  const ids = wanted.map(({ memberId }) => mailIds.get(memberId) ?? null)
  await sql`
    insert into member_mail_event (member_id, event_id, mail_id)
    select * from unnest(${wanted.map(({ memberId }) => memberId)}::uuid[], ${wanted.map(({ eventId }) => eventId)}::uuid[], ${ids}::uuid[])
    on conflict on constraint one_mail_per_person_and_event do nothing`.execute(tx)
}
