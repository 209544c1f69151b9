import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockStaff } from './lock.ts'

export type EnableStaff = { readonly staffId: string; readonly reason: string }

/**
 * Lets a person in again who was disabled, with the password and the roles of before. Doing it again changes nothing. Throws
 * Refusal: forbidden, reason_required, staff_not_found, try_again.
 */
export async function enableStaff(ctx: OperatorContext, command: EnableStaff): Promise<void> {
  requirePermission(ctx, 'staff:manage')
  const reason = requireReason(command.reason)
  const { staffId } = command
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockStaff(tx, staffId)
    if (account.disabled_at === null) return
    await tx.updateTable('staff_account').set({ disabled_at: null }).where('id', '=', staffId).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'staff.enabled',
      subjectType: 'staff',
      subjectId: staffId,
      reason,
      before: { disabled_at: account.disabled_at },
      after: { email: account.email, roles: account.roles },
    })
  })
}
