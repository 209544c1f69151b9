import { isMemberRole, type MemberRole } from '@droplock/rules/members'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { violated } from '../database/errors.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockActingAs, type MemberContext, noMember } from './context.ts'

/** A person who belongs to the account, or is invited to. */
export type PersonView = {
  readonly id: string
  readonly email: string
  /** Null: invited, and not here yet. */
  readonly name: string | null
  readonly role: MemberRole
  readonly since: Date
  /** Until when an invitation can be accepted. */
  readonly expiresAt: Date | null
}

/** People of one account: more is a company that should use the API. */
const PEOPLE_MAX = 50

const INVITATION_DAYS = 7

/** The people of the caller's account, then those who are invited. Throws Refusal('unauthenticated'). */
export async function listPeople({ db, actor }: MemberContext): Promise<readonly PersonView[]> {
  const { rows } = await sql<PersonView>`
    select id, email, name, role, created_at as since, null as "expiresAt", 0 as place
      from member where account_id = ${actor.accountId}
    union all
    select id, email, null, role, created_at, expires_at, 1
      from member_invitation where account_id = ${actor.accountId} and expires_at > statement_timestamp()
    order by place, since, id limit ${2 * PEOPLE_MAX}`.execute(db)
  // Whoever was removed meanwhile sees nobody.
  if (!rows.some(({ id }) => id === actor.memberId)) throw noMember()
  return rows.filter(({ role }) => isMemberRole(role))
}

type Invite = { readonly email: string; readonly role: MemberRole }

type Invited = {
  readonly id: string
  /** The address belongs to a person of another account, who has to leave that first. Nobody but them is notified. */
  readonly isElsewhere: boolean
}

/**
 * Invites a person to the account: whoever signs up by the invitation and confirms this address joins it. Inviting them again replaces the
 * invitation. Throws Refusal: unauthenticated, role_required, member_exists (in this account), member_limit_reached, try_again.
 */
export async function invitePerson(ctx: MemberContext, { email, role }: Invite): Promise<Invited> {
  const { accountId, memberId } = ctx.actor
  const id = ctx.newId()
  return inTransaction(ctx.db, async (tx) => {
    await lockActingAs(tx, ctx.actor, 'owner')
    const address = email.toLowerCase()
    const known = await tx
      .selectFrom('member')
      .select('account_id')
      .where('email', '=', address)
      .executeTakeFirst()
    if (known?.account_id === accountId)
      throw new Refusal('member_exists', 'A person with this address belongs to the account already.')
    await tx
      .deleteFrom('member_invitation')
      .where('email', '=', address)
      .where('account_id', '=', accountId)
      .execute()
    if ((await listPeople({ ...ctx, db: tx })).length >= PEOPLE_MAX)
      throw new Refusal('member_limit_reached', `An account has at most ${PEOPLE_MAX} people.`, {
        max: PEOPLE_MAX,
      })
    const now = await databaseTime(tx)
    const invitation = { id, account_id: accountId, email: address, role, invited_by: memberId }
    const expiresAt = new Date(now.getTime() + INVITATION_DAYS * 86_400_000)
    await tx
      .insertInto('member_invitation')
      .values({ ...invitation, created_at: now, expires_at: expiresAt })
      .execute()
    await recordAudit(tx, {
      by: { kind: 'member', memberId },
      action: 'member.invited',
      subjectType: 'account',
      subjectId: accountId,
      after: { invitation_id: id, role, expires_at: expiresAt },
    })
    return { id, isElsewhere: (known?.account_id ?? null) !== null }
  })
}

type ChangeRole = { readonly id: string; readonly role: MemberRole }

/**
 * Gives a person of the account another role; their sessions get other keys at once. Throws Refusal: unauthenticated, role_required,
 * member_not_found, last_owner, try_again.
 */
export async function changeMemberRole(ctx: MemberContext, { id, role }: ChangeRole): Promise<void> {
  await changeMember(ctx, id, { role, account_id: ctx.actor.accountId })
}

/**
 * Ends that a person belongs to the account, and their sessions; or their invitation. Throws Refusal: unauthenticated, role_required, member_not_found,
 * last_owner, try_again.
 */
export async function removePerson(ctx: MemberContext, id: string): Promise<void> {
  const { accountId } = ctx.actor
  const invitation = await inTransaction(ctx.db, async (tx) => {
    await lockActingAs(tx, ctx.actor, 'owner')
    return tx
      .deleteFrom('member_invitation')
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .returning('id')
      .executeTakeFirst()
  })
  if (invitation === undefined) await changeMember(ctx, id, { role: null, account_id: null })
}

async function changeMember(
  ctx: MemberContext,
  id: string,
  change: { readonly role: MemberRole | null; readonly account_id: string | null },
): Promise<void> {
  const { accountId, memberId } = ctx.actor
  try {
    await inTransaction(ctx.db, async (tx) => {
      await lockActingAs(tx, ctx.actor, 'owner')
      const before = await tx
        .selectFrom('member')
        .select('role')
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .forUpdate()
        .executeTakeFirst()
      if (before === undefined)
        throw new Refusal('member_not_found', 'No such person in this account.', { id })
      if (before.role === change.role) return
      await tx.updateTable('member').set(change).where('id', '=', id).execute()
      if (change.role === null) await tx.deleteFrom('member_session').where('member_id', '=', id).execute()
      await recordAudit(tx, {
        by: { kind: 'member', memberId },
        action: change.role === null ? 'member.removed' : 'member.role_changed',
        subjectType: 'member',
        subjectId: id,
        before: { account_id: accountId, role: before.role },
        after: { role: change.role },
      })
    })
  } catch (error) {
    if (!violated(error, 'account_of_members_has_owner')) throw error
    throw new Refusal('last_owner', 'An account has an owner. Make another person its owner first.')
  }
}
