import { type MemberNotice, NOTICES_MAX } from '@droplock/rules/member-notices'
import { sql } from 'kysely'
import { isBouncing } from '../member-mails/internal.ts'
import type { MemberContext } from './context.ts'

/** What stands on the pages of a person until it is over. */
export type MemberNotices = {
  /** Their address is refused: nothing is sent there. */
  readonly bouncing: { readonly email: string; readonly at: Date } | null
  /** The newest first. */
  readonly events: readonly MemberNotice[]
}

/** What the caller should know whichever page they are on: nothing that is over, and nothing that they have put away. */
export async function readNotices({ db, actor }: MemberContext): Promise<MemberNotices> {
  const { accountId, memberId } = actor
  const { rows: bounces } = await sql<{ email: string; at: Date }>`
    select member.email, at from member join member_mail_bounce as own on own.member_id = member.id
    where member.id = ${memberId} and ${isBouncing}`.execute(db)
  const { rows: events } = await sql<MemberNotice>`
    select notice.id, topic, occurred_at as at, data
    from account_notice as notice join account on account.id = notice.account_id
    where notice.account_id = ${accountId} and (topic <> 'balance.low' or balance_is_low)
      and not exists (select from member_notice_seen where member_id = ${memberId} and notice_id = notice.id)
    order by position desc limit ${NOTICES_MAX}`.execute(db)
  return { bouncing: bounces[0] ?? null, events }
}

/** Puts notices away for the caller alone. What is no notice of their account is passed over. */
export async function putNoticesAway({ db, actor }: MemberContext, ids: readonly string[]): Promise<void> {
  await sql`
    insert into member_notice_seen (member_id, notice_id)
    select ${actor.memberId}, id from account_notice where id = any (${[...ids]}::uuid[]) and account_id = ${actor.accountId}
    on conflict on constraint notice_is_put_away_once do nothing`.execute(db)
}
