import { mailRetryPauseMs } from '@droplock/rules/event-mails/kinds'
import { next } from '@droplock/rules/machines/machine'
import { memberMailMachine } from '@droplock/rules/machines/member-mail'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { brief } from '../deliveries/internal.ts'
import type { DueMail } from './claim-due.ts'

/** What became of an attempt to send a mail. */
type MailResult =
  | { readonly kind: 'sent'; readonly answer: string }
  /** The server refuses this address for good. */
  | { readonly kind: 'bounced'; readonly answer: string }
  /** Not now, or not so: it is tried again. */
  | { readonly kind: 'failed'; readonly answer: string }

type RecordMail = {
  readonly mail: DueMail
  readonly owner: string
  readonly result: MailResult
  /** From 0 to below 1. */
  readonly chance: number
}

/**
 * Records what became of a mail. A refused address gets nothing more until its person says so; what failed is tried again later, or given
 * up after three days. Returns what it did; undefined where another sender has claimed the mail since, or its person is erased.
 */
export async function recordMail(
  ctx: Context,
  { mail, owner, result, chance }: RecordMail,
): Promise<'sent' | 'refused' | 'retried' | 'given_up' | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    const sending = await tx
      .selectFrom('member_mail')
      .select('member_id as memberId')
      .select(
        sql<number>`(extract(epoch from clock_timestamp() - closed_at) * 1000)::float8`.as('triedForMs'),
      )
      .where('id', '=', mail.id)
      .where('taken_by', '=', owner)
      .where('attempts', '=', mail.attempts)
      .where('state', '=', 'sending')
      .forUpdate()
      .executeTakeFirst()
    if (sending === undefined) return undefined
    const answer = brief(result.answer)
    if (result.kind === 'sent') {
      await decide(tx, mail, 'accept', answer)
      return 'sent'
    }
    if (result.kind === 'bounced') {
      await decide(tx, mail, 'refuse', answer)
      await noteBounce(tx, sending.memberId, mail.email, answer)
      return 'refused'
    }
    const pauseMs = mailRetryPauseMs(mail.attempts, sending.triedForMs, chance)
    if (pauseMs === undefined) {
      await decide(tx, mail, 'give_up', answer)
      return 'given_up'
    }
    await tx
      .updateTable('member_mail')
      .set({ due_at: sql<Date>`clock_timestamp() + ${pauseMs} * interval '1 millisecond'`, answer })
      .where('id', '=', mail.id)
      .execute()
    return 'retried'
  })
}

async function decide(
  tx: Transaction<Database>,
  { id }: DueMail,
  event: 'accept' | 'refuse' | 'give_up',
  answer: string | null,
): Promise<void> {
  await tx
    .updateTable('member_mail')
    .set({
      state: next(memberMailMachine, 'sending', event),
      decided_at: sql<Date>`clock_timestamp()`,
      answer,
    })
    .where('id', '=', id)
    .execute()
}

/** The address to which it was sent: the person may have another one by now, which is not refused. */
async function noteBounce(
  tx: Transaction<Database>,
  memberId: string,
  email: string,
  answer: string | null,
): Promise<void> {
  await tx
    .insertInto('member_mail_bounce')
    .values({ member_id: memberId, email, answer })
    .onConflict((conflict) =>
      conflict.column('member_id').doUpdateSet({ email, answer, at: sql<Date>`clock_timestamp()` }),
    )
    .execute()
}
