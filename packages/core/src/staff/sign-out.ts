import { recordAudit } from '../audit/record.ts'
import type { StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

/** Ends the caller's session. Doing it again changes nothing. */
export async function signOut(ctx: StaffContext): Promise<void> {
  const { actor } = ctx
  await inTransaction(ctx.db, async (tx) => {
    const ended = await tx
      .updateTable('staff_session')
      .set({ ended_at: await databaseTime(tx) })
      .where('id', '=', actor.sessionId)
      .where('ended_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (ended === undefined) return
    await recordAudit(tx, {
      by: actor,
      action: 'staff.signed_out',
      subjectType: 'staff',
      subjectId: actor.staffId,
      before: { session_id: actor.sessionId },
    })
  })
}
