import { type MemberNotice, NOTICE_DAYS_MAX, NOTICES_MAX, noticeTopics } from '@droplock/rules/member-notices'
import { sql } from 'kysely'
import { isBouncing } from '../member-mails/internal.ts'
import type { MemberContext } from './context.ts'

/** What stands on the pages of a person until it is over. */
export type MemberNotices = {
  /** Their address is refused: nothing is sent there. */
  readonly bouncing: { readonly email: string; readonly at: Date } | null
  /** The account may read and do nothing at the gateway. */
  readonly isSuspended: boolean
  /** The newest first. */
  readonly events: readonly MemberNotice[]
}

/** Events looked at for one page: most of them are over or put away, and some milliseconds are enough to see that. */
const LOOKED_AT_MAX = 500

const topics = sql.raw(noticeTopics.map((topic) => `'${topic}'`).join(', '))

/** What the caller should know whichever page they are on. Only the newest event about a subject, and none that is over or was put away. */
export async function readNotices({ db, actor }: MemberContext): Promise<MemberNotices> {
  const { accountId, memberId } = actor
  const { rows: own } = await sql<{ email: string; bouncedAt: Date | null; isSuspended: boolean }>`
    select email, account.disabled_at is not null as "isSuspended",
      (select at from member_mail_bounce where member_id = member.id and ${isBouncing}) as "bouncedAt"
    from member join account on account.id = member.account_id where member.id = ${memberId}`.execute(db)
  const { rows: events } = await sql<MemberNotice>`
    with newest as materialized (
      select id, topic, subject_id, data, occurred_at, position from event
      where account_id = ${accountId} and topic in (${topics}) and position is not null
      order by position desc limit ${LOOKED_AT_MAX}
    ), current as (
      select distinct on (topic, subject_id) * from newest
      where occurred_at > statement_timestamp() - make_interval(days => ${NOTICE_DAYS_MAX})
      order by topic, subject_id, position desc
    )
    select id, topic, occurred_at as at, data from current
    where ${isStillSo(accountId)}
      and not exists (select from member_notice_seen where member_id = ${memberId} and event_id = current.id)
    order by position desc limit ${NOTICES_MAX}`.execute(db)
  const [person] = own
  return {
    bouncing:
      person === undefined || person.bouncedAt === null
        ? null
        : { email: person.email, at: person.bouncedAt },
    isSuspended: person?.isSuspended === true,
    events,
  }
}

/** Whether `current` still stands: its order is undecided, its refund was not tried anew, its name not renewed. */
function isStillSo(accountId: string) {
  return sql<boolean>`case topic
    when 'refund.failed' then not exists (select from refund where retries_refund_id = subject_id)
      and exists (select from refund where id = subject_id and state = 'failed')
    when 'balance.low' then (select balance_is_low from account where id = ${accountId})
    when 'backorder.rescheduled' then exists (select from backorder where id = subject_id and state in ('backordered', 'registering'))
    when 'backorder.premium_flagged' then exists (select from backorder where id = subject_id and state in ('backordered', 'registering'))
    when 'webhook_endpoint.disabled' then true
    else exists (select from registration where id = subject_id and ended_at is null
      and expires_at = (data ->> 'expires_at')::timestamptz) end`
}

/** Puts notices away for the caller alone. What is no event of their account is passed over. */
export async function putNoticesAway(
  { db, actor }: MemberContext,
  eventIds: readonly string[],
): Promise<void> {
  await sql`
    insert into member_notice_seen (member_id, event_id)
    select ${actor.memberId}, id from event where id = any (${[...eventIds]}::uuid[]) and account_id = ${actor.accountId}
    on conflict on constraint notice_is_put_away_once do nothing`.execute(db)
}
