import { requirePermission, type StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
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
  const open = ctx.db.selectFrom('finance_task').where('closed_at', 'is', null)
  const rows = await open
    .selectAll()
    .orderBy('opened_at')
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  const { total } = await open.select((eb) => eb.fn.countAll<bigint>().as('total')).executeTakeFirstOrThrow()
  const items = rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    subjectId: row.subject_id,
    detail: row.detail,
    openedAt: row.opened_at,
  }))
  return { items, total: Number(total) }
}
