import type { MemberRole } from '@droplock/rules/members'
import { sql } from 'kysely'
import type { Context } from '../../src/context.ts'
import type { MemberContext } from '../../src/members/context.ts'

type GivenMember = {
  readonly role?: MemberRole
  readonly email?: string
  readonly language?: 'en' | 'zh'
  readonly verified?: boolean
}

/** A person of an account, who has confirmed their address. The first of an account is its owner, unless it is said otherwise. */
export async function givenMember(
  ctx: Context,
  accountId: string,
  { role = 'owner', email, language = 'en', verified = true }: GivenMember = {},
): Promise<MemberContext & { readonly email: string }> {
  const id = ctx.newId()
  const address = email ?? `person-${id}@example.com`
  await ctx.db
    .insertInto('member')
    .values({
      id,
      email: address,
      name: 'Anna',
      email_verified: verified,
      created_at: sql<Date>`clock_timestamp()`,
      updated_at: sql<Date>`clock_timestamp()`,
      language,
      currency: 'USD',
      terms_version: 'test',
      terms_accepted_at: sql<Date>`clock_timestamp()`,
      account_id: verified ? accountId : null,
      role: verified ? role : null,
    })
    .execute()
  return { ...ctx, email: address, actor: { memberId: id, accountId } }
}

/** Time is moved, not waited for: mails are due, and claims and pauses are over. */
export async function passMailPauses(ctx: Context): Promise<void> {
  await sql`update member_mail set due_at = clock_timestamp() where decided_at is null`.execute(ctx.db)
}
