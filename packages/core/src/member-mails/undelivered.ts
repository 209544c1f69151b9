import { MAIL_WAIT_DAYS_MAX } from '@droplock/rules/event-mails/kinds'
import { next } from '@droplock/rules/machines/machine'
import { memberMailMachine } from '@droplock/rules/machines/member-mail'
import { sql } from 'kysely'
import type { RaiseAlarm } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import { isBehindAnother, isWithheld } from './internal.ts'

/** Mails per batch: few enough to hold their locks for milliseconds. */
const MAILS_PER_BATCH_MAX = 500

/** Gives up one batch of mails that nobody has sent for `MAIL_WAIT_DAYS_MAX`. Returns how many; 0 when nothing is left. */
export async function giveUpMails(ctx: Context): Promise<number> {
  const { numAffectedRows } = await sql`
    update member_mail set state = ${next(memberMailMachine, 'gathering', 'give_up')}, decided_at = clock_timestamp(),
      closed_at = coalesce(closed_at, clock_timestamp()), answer = coalesce(answer, 'nothing sent it')
    where id in (select id from member_mail
      where decided_at is null and due_at < statement_timestamp() - make_interval(days => ${MAIL_WAIT_DAYS_MAX})
      order by due_at limit ${MAILS_PER_BATCH_MAX} for update skip locked)`.execute(ctx.db)
  return Number(numAffectedRows ?? 0)
}

/** Longer than greylisting, and than a mail server needs to start again. Minutes. */
const WAITING_MINUTES_MAX = 60

/** So long an alarm shows that mails were given up. Hours. */
const GIVEN_UP_HOURS = 24

type Undelivered = {
  readonly waiting: number
  readonly givenUp: number
  readonly since: Date | null
  readonly answer: string | null
}

/**
 * The alarm `mail_undelivered`, if mails to people have waited for an hour or were given up within the last day: one, as the cause is the
 * mail server or our settings. Refused addresses are their owners' matter, and shown to them.
 */
export async function findUndeliveredMails(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const late = sql`statement_timestamp() - make_interval(mins => ${WAITING_MINUTES_MAX})`
  const { rows } = await sql<Undelivered>`
    select count(*) filter (where decided_at is null)::integer as waiting,
      count(*) filter (where decided_at is not null)::integer as "givenUp", min(coalesce(closed_at, due_at)) as since,
      max(answer) as answer
    from (
      select decided_at, closed_at, due_at, answer from member_mail as mail
      where decided_at is null and coalesce(closed_at, due_at) < ${late} and not ${isBehindAnother} and not ${isWithheld}
      union all
      select decided_at, closed_at, due_at, answer from member_mail as mail
      where state = 'given_up' and decided_at > statement_timestamp() - make_interval(hours => ${GIVEN_UP_HOURS}) and not ${isWithheld}
    ) as undelivered`.execute(ctx.db)
  const { waiting = 0, givenUp = 0, since = null, answer = null } = rows[0] ?? {}
  if (waiting + givenUp === 0) return []
  return [
    {
      subject: 'members',
      facts: {
        ...(waiting > 0 && { waiting }),
        ...(givenUp > 0 && { givenUp }),
        ...(since !== null && { since: since.toISOString() }),
        ...(answer !== null && { answer: withoutAddresses(answer) }),
      },
    },
  ]
}

/** Servers repeat the address that they answer about, which is nobody else's business. */
function withoutAddresses(answer: string): string {
  return answer.replaceAll(/[^\s<>"'@]+@[^\s<>"']+/g, '…@…')
}
