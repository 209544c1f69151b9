import type { Context } from '../context.ts'

/**
 * Confirms the address of a person who has chosen a password by a link that was sent to it. A stranger may have signed up with the address
 * before: the invitation that they named is not this person's choice, and joins them to nothing. Doing it again changes nothing.
 */
export async function proveAddress({ db }: Context, memberId: string): Promise<void> {
  await db
    .updateTable('member')
    .set({ email_verified: true, invitation_id: null })
    .where('id', '=', memberId)
    .where('email_verified', '=', false)
    .where('erased_at', 'is', null)
    .execute()
}
