import { accountClosed, type Scope } from '@droplock/rules/accounts'
import {
  isLanguage,
  isMemberRole,
  type Language,
  type MemberRole,
  scopesOfMember,
} from '@droplock/rules/members'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'

/** A session's key is valid for so long from its last renewal: what is stolen from a server's memory is worth little. Seconds. */
export const SESSION_KEY_SECONDS = 900

/** A person with a session, their account, and the key by which the pages act for them. */
export type MemberSession = {
  readonly sessionId: string
  readonly memberId: string
  readonly accountId: string
  readonly role: MemberRole
  /** Operators have suspended the account: its keys are refused. */
  readonly isSuspended: boolean
  readonly email: string
  readonly name: string
  readonly language: Language
  readonly currency: string
  readonly termsVersion: string
  readonly keyId: string
  readonly keyExpiresAt: Date
}

type RenewSessionKey = {
  readonly sessionId: string
  /** A new id, of the key where one is made. */
  readonly newKeyId: string
  /** SHA-256 of the whole key that belongs to this id. The key itself is derived by the caller, stored nowhere, and never comes here. */
  readonly keySha256Of: (keyId: string) => Uint8Array
}

/**
 * Renews the key of a session, or makes it. A person who has confirmed their address and belongs to no account joins the one by whose
 * invitation they signed up, or else is the owner of a new one. Nobody joins an account that they did not choose: who invites an address
 * sees what its person orders there. Throws Refusal: unauthenticated (no such session), email_not_verified, account_closed, try_again.
 */
export async function renewSessionKey(ctx: Context, renewal: RenewSessionKey): Promise<MemberSession> {
  return inTransaction(ctx.db, async (tx) => {
    const member = await lockMemberOf(tx, renewal.sessionId)
    if (!member.email_verified)
      throw new Refusal(
        'email_not_verified',
        'Confirm your email address first, by the link that was sent to it.',
      )
    const { accountId, role } = await ensureAccount(tx, ctx, member)
    const account = await tx
      .selectFrom('account')
      .select(['currency', 'disabled_at', 'closed_at'])
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow()
    if (account.closed_at !== null) throw accountClosed()
    const key = await renewKey(tx, {
      ...renewal,
      accountId,
      scopes: scopesOfMember(role),
    })
    return {
      sessionId: renewal.sessionId,
      memberId: member.id,
      accountId,
      role,
      isSuspended: account.disabled_at !== null,
      email: member.email,
      name: member.name,
      language: isLanguage(member.language) ? member.language : 'en',
      currency: account.currency,
      termsVersion: member.terms_version,
      keyId: key.id,
      keyExpiresAt: key.expiresAt,
    }
  })
}

/** The person of a session that has not ended, locked. Throws Refusal('unauthenticated'). */
async function lockMemberOf(tx: Transaction<Database>, sessionId: string) {
  const member = await tx
    .selectFrom('member')
    .selectAll()
    .where('id', '=', (eb) =>
      eb
        .selectFrom('member_session')
        .select('member_id')
        .where('id', '=', sessionId)
        .where('expires_at', '>', sql<Date>`statement_timestamp()`),
    )
    .where('erased_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (member === undefined) throw new Refusal('unauthenticated', 'This session has ended.')
  return member
}

type LockedMember = Awaited<ReturnType<typeof lockMemberOf>>

async function ensureAccount(
  tx: Transaction<Database>,
  ctx: Context,
  member: LockedMember,
): Promise<{ readonly accountId: string; readonly role: MemberRole }> {
  const { account_id: own, role: ownRole } = member
  if (own !== null && ownRole !== null && isMemberRole(ownRole)) return { accountId: own, role: ownRole }
  const invitation = await takeInvitation(tx, member)
  const accountId = invitation?.account_id ?? ctx.newId()
  const role = invitation !== undefined && isMemberRole(invitation.role) ? invitation.role : 'owner'
  const { name, currency } = member
  if (invitation === undefined)
    await tx.insertInto('account').values({ id: accountId, name, currency }).execute()
  await tx
    .updateTable('member')
    .set({ account_id: accountId, role, invitation_id: null })
    .where('id', '=', member.id)
    .execute()
  const { terms_version, terms_accepted_at } = member
  await recordAudit(tx, {
    by: { kind: 'member', memberId: member.id },
    action: invitation === undefined ? 'account.opened' : 'member.joined',
    subjectType: invitation === undefined ? 'account' : 'member',
    subjectId: invitation === undefined ? accountId : member.id,
    // No name and no address: the audit is kept for ever.
    after: { account_id: accountId, member_id: member.id, role, terms_version, terms_accepted_at },
  })
  return { accountId, role }
}

/** The invitation by whose link the person signed up; it can be taken once. */
async function takeInvitation(tx: Transaction<Database>, member: LockedMember) {
  if (member.invitation_id === null) return undefined
  return tx
    .deleteFrom('member_invitation')
    .where('id', '=', member.invitation_id)
    .where('email', '=', member.email)
    .where('expires_at', '>', sql<Date>`statement_timestamp()`)
    .returning(['account_id', 'role'])
    .executeTakeFirst()
}

type WantedKey = RenewSessionKey & {
  readonly accountId: string
  readonly scopes: readonly Scope[]
}

async function renewKey(
  tx: Transaction<Database>,
  { sessionId, newKeyId, keySha256Of, accountId, scopes }: WantedKey,
): Promise<{ readonly id: string; readonly expiresAt: Date }> {
  const { rows } = await sql<{ id: string; expiresAt: Date }>`
    insert into api_key (id, account_id, label, scopes, key_sha256, expires_at, session_id)
    values (${newKeyId}, ${accountId}, 'Pages', ${[...scopes]}::text[], ${Buffer.from(keySha256Of(newKeyId))},
      statement_timestamp() + ${SESSION_KEY_SECONDS} * interval '1 second', ${sessionId})
    on conflict (session_id) where revoked_at is null do update set expires_at = excluded.expires_at
    returning id, expires_at as "expiresAt"`.execute(tx)
  const [key] = rows
  if (key === undefined) throw new Error('a session has a key once it was renewed')
  return key
}
