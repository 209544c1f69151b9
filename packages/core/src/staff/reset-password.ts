import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockStaff, shutOut } from './lock.ts'

export type ResetPassword = {
  readonly staffId: string
  /** Argon2id in its text form, made by the caller. */
  readonly passwordHash: string
  readonly reason: string
}

/**
 * Gives a person another password. Their sessions end and their devices are forgotten: whoever has the old one has nothing.
 * Throws Refusal: forbidden, reason_required, staff_not_found, try_again.
 */
export async function resetPassword(ctx: OperatorContext, command: ResetPassword): Promise<void> {
  requirePermission(ctx, 'staff:manage')
  const reason = requireReason(command.reason)
  const { staffId, passwordHash } = command
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockStaff(tx, staffId)
    await tx
      .updateTable('staff_account')
      .set({ password_hash: passwordHash })
      .where('id', '=', staffId)
      .execute()
    const sessions = await shutOut(tx, staffId, await databaseTime(tx))
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'staff.password_reset',
      subjectType: 'staff',
      subjectId: staffId,
      reason,
      after: { email: account.email, sessions_ended: sessions },
    })
  })
}
