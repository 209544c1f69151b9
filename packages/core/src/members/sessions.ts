import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { inTransaction } from '../database/transaction.ts'
import { lockActing, type MemberContext } from './context.ts'

/** A session of the caller's: where they are signed in. */
export type OwnSession = {
  readonly id: string
  readonly createdAt: Date
  readonly expiresAt: Date
  /** As the browser names itself; null where it does not. */
  readonly userAgent: string | null
  readonly address: string | null
}

/** The caller's sessions, the newest first. */
export async function listOwnSessions({ db, actor }: MemberContext): Promise<readonly OwnSession[]> {
  return db
    .selectFrom('member_session')
    .select(['id', 'created_at as createdAt', 'expires_at as expiresAt'])
    .select(['user_agent as userAgent', 'ip_address as address'])
    .where('member_id', '=', actor.memberId)
    .where('expires_at', '>', sql<Date>`statement_timestamp()`)
    .orderBy('created_at', 'desc')
    .execute()
}

type EndSessions = { readonly only: string } | { readonly allBut: string }

/**
 * Ends a session of the caller's, or all but one; their keys are refused at once. Throws Refusal: unauthenticated,
 * session_not_found, try_again.
 */
export async function endOwnSessions(ctx: MemberContext, ends: EndSessions): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await lockActing(tx, ctx.actor)
    const { numDeletedRows } = await tx
      .deleteFrom('member_session')
      .where('member_id', '=', ctx.actor.memberId)
      .where('id', 'only' in ends ? '=' : '<>', 'only' in ends ? ends.only : ends.allBut)
      .executeTakeFirstOrThrow()
    if ('only' in ends && numDeletedRows === 0n)
      throw new Refusal('session_not_found', 'This session has ended already.', { id: ends.only })
  })
}
