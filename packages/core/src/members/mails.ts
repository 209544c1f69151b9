import { isMailKind, type MailKind, mailKinds } from '@droplock/rules/event-mails/kinds'
import { next } from '@droplock/rules/machines/machine'
import { memberMailMachine } from '@droplock/rules/machines/member-mail'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockActing, type MemberContext } from './context.ts'

/** What a person is sent, and where. */
export type OwnMails = {
  readonly email: string
  /** The mail server of that address has refused it: nothing is sent there until they say so. */
  readonly bounced: { readonly at: Date; readonly answer: string | null } | null
  readonly kinds: readonly { readonly kind: MailKind; readonly on: boolean }[]
}

/** What the caller is sent. Throws Refusal('unauthenticated'). */
export async function readOwnMails(ctx: MemberContext): Promise<OwnMails> {
  return inTransaction(ctx.db, async (tx) => {
    const { id, email } = await lockActing(tx, ctx.actor)
    const bounced = await tx
      .selectFrom('member_mail_bounce')
      .select(['at', 'answer'])
      .where('member_id', '=', id)
      .where('email', '=', email)
      .executeTakeFirst()
    const off = await tx.selectFrom('member_mail_off').select('kind').where('member_id', '=', id).execute()
    return {
      email,
      bounced: bounced ?? null,
      kinds: mailKinds.map((kind) => ({ kind, on: off.every((each) => each.kind !== kind) })),
    }
  })
}

type Choice = { readonly kind: MailKind; readonly on: boolean }

/** Switches mails of one kind on or off for the caller. Throws Refusal('unauthenticated'). */
export async function chooseMails(ctx: MemberContext, { kind, on }: Choice): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { id } = await lockActing(tx, ctx.actor)
    if (!on) return switchOff(tx, id, [kind])
    await tx.deleteFrom('member_mail_off').where('member_id', '=', id).where('kind', '=', kind).execute()
  })
}

/**
 * The caller says that their refused address is right: mails are sent there again, beginning with the one that was refused. Nothing
 * happens where it is not refused. Throws Refusal('unauthenticated').
 */
export async function retryOwnAddress(ctx: MemberContext): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { id } = await lockActing(tx, ctx.actor)
    const bounce = await tx
      .deleteFrom('member_mail_bounce')
      .where('member_id', '=', id)
      .returning('at')
      .executeTakeFirst()
    if (bounce === undefined) return
    await sql`
      update member_mail set state = ${next(memberMailMachine, 'refused', 'retry')}, decided_at = null, attempts = 0,
        due_at = clock_timestamp()
      where id = (select id from member_mail where member_id = ${id} and state = 'refused' order by decided_at desc limit 1)
        and not exists (select from member_mail where member_id = ${id} and state = 'sending')`.execute(tx)
    noteWork(tx)
  })
}

/** The kinds of the mail with this key, for the page that switches them off. Throws Refusal('not_found'). */
export async function readKindsOfMail(ctx: Context, unsubscribeKey: string): Promise<readonly MailKind[]> {
  return (await findMail(ctx.db, unsubscribeKey)).kinds
}

/**
 * Switches off, for the person who got it, what a mail was about. Whoever has its key may do that without a session: it is in that mail
 * alone. Doing it again changes nothing. Throws Refusal('not_found').
 */
export async function unsubscribe(ctx: Context, unsubscribeKey: string): Promise<readonly MailKind[]> {
  return inTransaction(ctx.db, async (tx) => {
    const { memberId, kinds } = await findMail(tx, unsubscribeKey)
    await switchOff(tx, memberId, kinds)
    return kinds
  })
}

async function findMail(db: Context['db'], unsubscribeKey: string) {
  const mail = await db
    .selectFrom('member_mail')
    .select(['member_id as memberId', 'kinds'])
    .where('unsubscribe_key', '=', Buffer.from(unsubscribeKey, 'hex'))
    .executeTakeFirst()
  if (mail === undefined)
    throw new Refusal(
      'not_found',
      'This link is not valid any more. Choose your mails on the page of your account.',
    )
  return { memberId: mail.memberId, kinds: mail.kinds.filter(isMailKind) }
}

async function switchOff(
  tx: Transaction<Database>,
  memberId: string,
  kinds: readonly MailKind[],
): Promise<void> {
  await sql`
    insert into member_mail_off (member_id, kind) select ${memberId}, * from unnest(${[...kinds]}::text[])
    on conflict on constraint one_choice_per_person_and_kind do nothing`.execute(tx)
}
