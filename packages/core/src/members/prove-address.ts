import type { Context } from '../context.ts'

/** Confirms the address of a person who has used a link that was sent to it. Doing it again changes nothing. */
export async function proveAddress({ db }: Context, memberId: string): Promise<void> {
  await db
    .updateTable('member')
    .set({ email_verified: true })
    .where('id', '=', memberId)
    .where('erased_at', 'is', null)
    .execute()
}
