import { requirePermission, type StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import type { FinanceTaskKind } from './open.ts'

/** Something that finance has to look at, oldest first: its age is `openedAt`. */
export type FinanceTask = {
  readonly id: string
  readonly kind: FinanceTaskKind
  readonly subjectId: string
  readonly detail: string
  readonly openedAt: Date
}

/** The open tasks. Throws Refusal('forbidden'). */
export async function listFinanceTasks(ctx: StaffContext, page: Paging): Promise<Listed<FinanceTask>> {
  requirePermission(ctx, 'console:read')
  const open = ctx.db
    .selectFrom('finance_task')
    .where('closed_at', 'is', null)
    .selectAll()
    .orderBy('opened_at')
    .orderBy('id')
  return readListed(open, page, (row) => ({
    id: row.id,
    kind: row.kind,
    subjectId: row.subject_id,
    detail: row.detail,
    openedAt: row.opened_at,
  }))
}
