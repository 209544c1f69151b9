import type { Language } from '@droplock/rules/members'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockActing, type MemberContext } from './context.ts'

/** Sets the language of the caller's pages and mails. Throws Refusal('unauthenticated'). */
export async function setLanguage(ctx: MemberContext, language: Language): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await lockActing(tx, ctx.actor)
    await tx.updateTable('member').set({ language }).where('id', '=', ctx.actor.memberId).execute()
  })
}

/** Sets the name by which the caller is shown to the people of their account and greeted. Throws Refusal('unauthenticated'). */
export async function setName(ctx: MemberContext, name: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await lockActing(tx, ctx.actor)
    await tx.updateTable('member').set({ name }).where('id', '=', ctx.actor.memberId).execute()
  })
}

/** Records that the caller accepted a version of the terms, now. Throws Refusal('unauthenticated'). */
export async function acceptTerms(ctx: MemberContext, version: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { terms_version, terms_accepted_at } = await lockActing(tx, ctx.actor)
    if (terms_version === version) return
    const after = { terms_version: version, terms_accepted_at: await databaseTime(tx) }
    await tx.updateTable('member').set(after).where('id', '=', ctx.actor.memberId).execute()
    await recordAudit(tx, {
      by: { kind: 'member', memberId: ctx.actor.memberId },
      action: 'member.terms_accepted',
      subjectType: 'member',
      subjectId: ctx.actor.memberId,
      before: { terms_version, terms_accepted_at },
      after,
    })
  })
}

/**
 * Erases the caller's name and address and ends all their sessions; orders and what law keeps of the account stay. The only owner closes
 * the account instead. Throws Refusal: unauthenticated, last_owner, try_again.
 */
export async function eraseOwnPerson(ctx: MemberContext): Promise<void> {
  try {
    await inTransaction(ctx.db, async (tx) => {
      const member = await lockActing(tx, ctx.actor)
      await erase(tx, member.id)
    })
  } catch (error) {
    if (!violated(error, 'account_of_members_has_owner')) throw error
    throw new Refusal(
      'last_owner',
      'You are the only owner. Make another person owner, or close the account.',
    )
  }
}

/** Takes what names a person from their row; their sessions end, and with them their keys. */
async function erase(tx: Transaction<Database>, memberId: string): Promise<void> {
  await tx.deleteFrom('member_session').where('member_id', '=', memberId).execute()
  await tx.deleteFrom('member_credential').where('member_id', '=', memberId).execute()
  // Links to choose a new password.
  await tx.deleteFrom('member_verification').where('value', '=', memberId).execute()
  await tx
    .updateTable('member')
    .set({
      email: `erased-${memberId}@erased.invalid`,
      name: 'Erased',
      image: null,
      account_id: null,
      role: null,
      erased_at: await databaseTime(tx),
    })
    .where('id', '=', memberId)
    .execute()
  await recordAudit(tx, {
    by: { kind: 'member', memberId },
    action: 'member.erased',
    subjectType: 'member',
    subjectId: memberId,
  })
}
