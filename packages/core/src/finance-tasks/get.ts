import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { type FinanceTask, selectTasks, toFinanceTask, withColumns } from './task-view.ts'

/** One task with what it is about, open or closed. Throws Refusal: forbidden, finance_task_not_found. */
export async function getFinanceTask(ctx: StaffContext, id: string): Promise<FinanceTask> {
  requirePermission(ctx, 'money:read')
  const row = await withColumns(selectTasks(ctx)).where('finance_task.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('finance_task_not_found', 'No such task.', { id })
  return toFinanceTask(row)
}
