import { sql } from 'kysely'

/** Whether a mail server has refused the address that `member` has now. */
export const isBouncing = sql<boolean>`exists (
  select from member_mail_bounce as bounce where bounce.member_id = member.id and bounce.email = member.email)`

/** Whether `mail` waits for one of the same person that is being sent. */
export const isBehindAnother = sql<boolean>`(mail.state = 'gathering' and exists (
  select from member_mail as before where before.member_id = mail.member_id and before.state = 'sending'))`

/** Whether nothing is sent of `mail`: its person's address is refused. */
export const isWithheld = sql<boolean>`exists (
  select from member_mail_bounce as bounce join member on member.id = bounce.member_id
  where bounce.member_id = mail.member_id and bounce.email = member.email)`
