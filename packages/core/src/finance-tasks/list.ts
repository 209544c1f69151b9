import type { FinanceTaskKind } from '@droplock/rules/finance/task-actions'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type FinanceTask, selectTasks, toFinanceTask, withColumns } from './task-view.ts'

export type ListFinanceTasks = Paging & {
  /** The open ones unless told. */
  readonly state?: 'open' | 'closed'
  readonly kind?: FinanceTaskKind
  readonly accountId?: string
  /** Those about one payment, or a refund of it. */
  readonly paymentId?: string
}

/** The open tasks, the one that waits longest first; or the closed ones, the newest first. Throws Refusal('forbidden'). */
export async function listFinanceTasks(
  ctx: StaffContext,
  query: ListFinanceTasks,
): Promise<Listed<FinanceTask>> {
  requirePermission(ctx, 'money:read')
  const isClosed = query.state === 'closed'
  const sorted = withColumns(filtered(ctx, query))
    .where('finance_task.closed_at', isClosed ? 'is not' : 'is', null)
    .orderBy(isClosed ? 'finance_task.closed_at' : 'finance_task.opened_at', isClosed ? 'desc' : 'asc')
    .orderBy('finance_task.id')
  return readListed(sorted, query, toFinanceTask)
}

function filtered(ctx: StaffContext, { kind, accountId, paymentId }: ListFinanceTasks) {
  let matching = selectTasks(ctx)
  if (kind !== undefined) matching = matching.where('finance_task.kind', '=', kind)
  if (accountId !== undefined) matching = matching.where('payment.account_id', '=', accountId)
  if (paymentId !== undefined) matching = matching.where('payment.id', '=', paymentId)
  return matching
}
