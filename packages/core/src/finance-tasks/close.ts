import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

/**
 * Closes a task that a person has dealt with, saying how. A failed refund is dealt with by retrying it, which closes its task.
 * Throws Refusal: forbidden, reason_required, finance_task_not_found, try_again.
 */
export async function closeFinanceTask(ctx: StaffContext, id: string, note: string): Promise<void> {
  requirePermission(ctx, 'refunds:retry')
  const reason = requireReason(note)
  await inTransaction(ctx.db, async (tx) => {
    const task = await tx
      .updateTable('finance_task')
      .set({ closed_at: await databaseTime(tx), closed_by: ctx.actor.staffId, note: reason })
      .where('id', '=', id)
      .where('kind', '<>', 'refund_failed')
      .where('closed_at', 'is', null)
      .returning(['kind', 'subject_id'])
      .executeTakeFirst()
    if (task === undefined) throw new Refusal('finance_task_not_found', 'No such open task.', { id })
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'finance_task.closed',
      subjectType: 'finance_task',
      subjectId: id,
      reason,
      before: { kind: task.kind, subject_id: task.subject_id },
    })
  })
}
