import { noticeEnds, noticeTopics } from '@droplock/rules/member-notices'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

const endings = Object.entries(noticeEnds).flatMap(([topic, ended]) =>
  ended.map((each) => [topic, each] as const),
)

/** The events that are looked at now: after the first position, up to the second. */
type Range = { readonly after: bigint; readonly upTo: bigint }

/**
 * Writes what stands on the pages of accounts from now on, the newest about each subject, and removes what is over: the order is decided,
 * the name renewed, the money paid back.
 */
export async function planNotices(tx: Transaction<Database>, { after, upTo }: Range): Promise<void> {
  const inRange = sql`event.position > ${after} and event.position <= ${upTo}`
  await sql`
    delete from account_notice as notice using event
    where ${inRange} and event.topic = notice.topic and event.subject_id = notice.subject_id`.execute(tx)
  await sql`
    insert into account_notice (id, account_id, topic, subject_id, data, occurred_at, position)
    select distinct on (topic, subject_id) id, account_id, topic, subject_id, data, occurred_at, position from event
    where ${inRange} and topic = any (${[...noticeTopics]}::text[]) order by topic, subject_id, position desc`.execute(
    tx,
  )
  await sql`
    delete from account_notice as notice using event
    where ${inRange} and notice.position < event.position and case event.topic
      when 'renewal.successful' then notice.subject_id = (event.data ->> 'registration_id')::uuid
      when 'refund.succeeded' then notice.account_id = event.account_id and notice.topic = 'refund.failed'
        and notice.data ->> 'payment_id' = event.data ->> 'payment_id'
      else notice.subject_id = event.subject_id and (event.topic, notice.topic) in (
        select * from unnest(${endings.map(([topic]) => topic)}::text[], ${endings.map(([, ended]) => ended)}::text[])) end`.execute(
    tx,
  )
}
