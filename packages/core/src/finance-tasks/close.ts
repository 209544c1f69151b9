import { isClosedByWord } from '@droplock/rules/finance/task-actions'
import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

/**
 * Closes a task that a person has dealt with, saying how. A failed refund is dealt with by retrying it, which closes its task.
 * Throws Refusal: forbidden, reason_required, finance_task_not_found, finance_task_closed, finance_task_not_closable, try_again.
 */
export async function closeFinanceTask(ctx: StaffContext, id: string, note: string): Promise<void> {
  requirePermission(ctx, 'tasks:close')
  const reason = requireReason(note)
  await inTransaction(ctx.db, async (tx) => {
    const task = await tx
      .selectFrom('finance_task')
      .select(['kind', 'subject_id', 'closed_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (task === undefined) throw new Refusal('finance_task_not_found', 'No such task.', { id })
    if (task.closed_at !== null) throw new Refusal('finance_task_closed', 'It was closed before.')
    if (!isClosedByWord(task.kind)) {
      throw new Refusal('finance_task_not_closable', 'A failed refund is owed until it is retried.', {
        kind: task.kind,
      })
    }
    await tx
      .updateTable('finance_task')
      .set({ closed_at: await databaseTime(tx), closed_by: ctx.actor.staffId, note: reason })
      .where('id', '=', id)
      .execute()
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
