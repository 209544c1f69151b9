import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockStaff, requireAnother, shutOut } from './lock.ts'

export type DisableStaff = { readonly staffId: string; readonly reason: string }

/**
 * Shuts a person out, everywhere and at once: sessions end, devices are forgotten, and what a request of theirs has under way is
 * not committed any more. What they proposed can be rejected, and not approved. Doing it again changes nothing. Throws Refusal:
 * forbidden, reason_required, own_account, staff_not_found, try_again.
 */
export async function disableStaff(ctx: OperatorContext, command: DisableStaff): Promise<void> {
  requirePermission(ctx, 'staff:manage')
  const reason = requireReason(command.reason)
  const { staffId } = command
  requireAnother(ctx.actor, staffId)
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockStaff(tx, staffId)
    if (account.disabled_at !== null) return
    const now = await databaseTime(tx)
    await tx.updateTable('staff_account').set({ disabled_at: now }).where('id', '=', staffId).execute()
    const sessions = await shutOut(tx, staffId, now)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'staff.disabled',
      subjectType: 'staff',
      subjectId: staffId,
      reason,
      before: { email: account.email, roles: account.roles },
      after: { disabled_at: now, sessions_ended: sessions },
    })
  })
}
