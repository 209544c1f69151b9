import type { Role } from '@droplock/rules/staff/roles'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockStaff, requireAnother } from './lock.ts'

export type ChangeStaff = {
  readonly staffId: string
  /** Left out, it stays. */
  readonly name?: string | undefined
  /** All of them, at least one. Left out, they stay. */
  readonly roles?: readonly Role[] | undefined
  readonly reason: string
}

/**
 * Changes a person's name or roles; open sessions have the new roles from their next request on. Throws Refusal: forbidden,
 * reason_required, own_account, staff_not_found, try_again.
 */
export async function changeStaff(ctx: OperatorContext, command: ChangeStaff): Promise<void> {
  requirePermission(ctx, 'staff:manage')
  const reason = requireReason(command.reason)
  const { staffId } = command
  requireAnother(ctx.actor, staffId)
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockStaff(tx, staffId)
    const before = { name: account.name, roles: account.roles }
    const after = { name: command.name ?? before.name, roles: [...(command.roles ?? before.roles)] }
    await tx.updateTable('staff_account').set(after).where('id', '=', staffId).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'staff.changed',
      subjectType: 'staff',
      subjectId: staffId,
      reason,
      before,
      after,
    })
  })
}
