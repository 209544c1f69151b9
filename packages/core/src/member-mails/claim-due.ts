import {
  MAILED_PER_TOPIC_MAX,
  type MailTopic,
  mailKindOf,
  mailTopics,
} from '@droplock/rules/event-mails/kinds'
import type { MailedTopic } from '@droplock/rules/event-mails/write'
import { next } from '@droplock/rules/machines/machine'
import { memberMailMachine } from '@droplock/rules/machines/member-mail'
import { isLanguage, type Language } from '@droplock/rules/members'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { isBehindAnother, isWithheld } from './internal.ts'

/** A mail to a person, as it is sent now. */
export type DueMail = {
  readonly id: string
  /** Including this one. */
  readonly attempts: number
  readonly email: string
  readonly name: string
  readonly language: Language
  readonly unsubscribeKey: string
  /** In the order in which a mail has them. */
  readonly topics: readonly MailedTopic[]
}

type ClaimDueMails = {
  /** The sender's id, new at every start. */
  readonly owner: string
  readonly limit: number
}

/** How long a claim lasts: after it another sender may send the mail, with the same id. An attempt has to end before. */
export const MAIL_LEASE_MS = 120_000

/**
 * Claims mails that are due, those that have waited longest first: from then on nothing is added to them. Of one person it is one at a
 * time, and none while their address is refused. A mail about nothing that its person may still read, or wants to, is dropped.
 */
export async function claimDueMails(
  ctx: Context,
  { owner, limit }: ClaimDueMails,
): Promise<readonly DueMail[]> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<Claimed>`
      with due as (
        select id from member_mail as mail
        where decided_at is null and due_at <= statement_timestamp() and not ${isBehindAnother} and not ${isWithheld}
        order by due_at limit ${limit} for update skip locked
      )
      update member_mail as mail set state = ${next(memberMailMachine, 'gathering', 'close')}, taken_by = ${owner},
        attempts = attempts + 1, closed_at = coalesce(closed_at, clock_timestamp()),
        due_at = clock_timestamp() + ${MAIL_LEASE_MS} * interval '1 millisecond'
      from due, member where mail.id = due.id and member.id = mail.member_id
      returning mail.id, attempts, email, name, language, encode(unsubscribe_key, 'hex') as "unsubscribeKey"`.execute(
      tx,
    )
    if (rows.length === 0) return []
    const contents = await readContents(
      tx,
      rows.map(({ id }) => id),
    )
    const [about, empty] = [
      rows.filter(({ id }) => contents.has(id)),
      rows.filter(({ id }) => !contents.has(id)),
    ]
    if (empty.length > 0)
      await drop(
        tx,
        empty.map(({ id }) => id),
      )
    return about.map(({ language, ...mail }) => ({
      ...mail,
      language: isLanguage(language) ? language : 'en',
      topics: contents.get(mail.id) ?? [],
    }))
  })
}

type Claimed = Omit<DueMail, 'language' | 'topics'> & { readonly language: string }

async function drop(tx: Transaction<Database>, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('member_mail')
    .set({ state: next(memberMailMachine, 'sending', 'drop'), decided_at: sql<Date>`clock_timestamp()` })
    .where('id', 'in', ids)
    .execute()
}

type Content = {
  readonly mailId: string
  readonly topic: MailTopic
  readonly total: number
  readonly events: unknown[]
}

/**
 * What each mail is about, by topic. Only events of the account to which its person belongs now, and of kinds that are still on: either
 * may have changed since the mail began.
 */
async function readContents(
  tx: Transaction<Database>,
  mailIds: readonly string[],
): Promise<ReadonlyMap<string, readonly MailedTopic[]>> {
  const { rows } = await sql<Content>`
    select mail_id as "mailId", topic, count(*)::integer as total,
      coalesce(jsonb_agg(data order by position) filter (where place <= ${MAILED_PER_TOPIC_MAX}), '[]') as events
    from (
      select mailed.mail_id, event.topic, event.data, event.position, of_topic.rank,
        row_number() over (partition by mailed.mail_id, event.topic order by event.position) as place
      from member_mail_event as mailed join event on event.id = mailed.event_id
        join member on member.id = mailed.member_id and member.account_id = event.account_id
        join unnest(${[...mailTopics]}::text[], ${mailTopics.map(mailKindOf)}::text[]) with ordinality as of_topic (topic, kind, rank)
          on of_topic.topic = event.topic
      where mailed.mail_id = any (${[...mailIds]}::uuid[])
        and not exists (select from member_mail_off as off where off.member_id = mailed.member_id and off.kind = of_topic.kind)
    ) as about
    group by mail_id, topic, rank order by mail_id, rank`.execute(tx)
  const byMail = Map.groupBy(rows, ({ mailId }) => mailId)
  return new Map([...byMail].map(([id, topics]) => [id, topics as unknown as readonly MailedTopic[]]))
}
