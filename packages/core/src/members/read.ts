import type { MemberContext } from './context.ts'

/** The hash of the caller's password, in its text form; undefined where they have none. */
export async function readOwnPasswordHash({ db, actor }: MemberContext): Promise<string | undefined> {
  const credential = await db
    .selectFrom('member_credential')
    .select('password')
    .where('member_id', '=', actor.memberId)
    .executeTakeFirst()
  return credential?.password ?? undefined
}
