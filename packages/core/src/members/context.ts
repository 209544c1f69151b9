import type { MemberRole } from '@droplock/rules/members'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'

/** A person of an account, authenticated by a session of the marketplace. */
export type MemberActor = { readonly memberId: string; readonly accountId: string }

/** The context of what people do with their account on the pages alone; everything else they do by their session's key. */
export type MemberContext = Context & { readonly actor: MemberActor }

/** The refusal of a person who has left the account. */
export function noMember(): Refusal {
  return new Refusal('unauthenticated', 'You do not belong to this account any more.')
}

/** The acting person, locked. Throws Refusal('unauthenticated') where they have left the account meanwhile. */
export async function lockActing(tx: Transaction<Database>, { memberId, accountId }: MemberActor) {
  const member = await tx
    .selectFrom('member')
    .selectAll()
    .where('id', '=', memberId)
    .where('account_id', '=', accountId)
    .where('erased_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (member === undefined) throw noMember()
  return member
}

/** The acting person, locked, who has to have this role. Throws Refusal: unauthenticated, role_required. */
export async function lockActingAs(tx: Transaction<Database>, actor: MemberActor, role: MemberRole) {
  const member = await lockActing(tx, actor)
  if (member.role !== role)
    throw new Refusal('role_required', `Only a person with the role ${role} may do this.`, { role })
  return member
}
