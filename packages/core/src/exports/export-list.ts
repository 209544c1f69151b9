import type { Permission } from '@droplock/rules/staff'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'

type ListExport = {
  /** The path of the list below `/api/`. */
  readonly list: string
  readonly permission: Permission
  /** What the list was filtered and sorted by, as it was asked for. */
  readonly filters: Readonly<Record<string, string>>
}

/** Records who takes a whole list, filtered by what, before anything of it is sent. Throws Refusal: forbidden, session_required, try_again. */
export async function recordListExport(
  ctx: StaffContext,
  { list, permission, filters }: ListExport,
): Promise<void> {
  requirePermission(ctx, permission)
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, {
      by: ctx.actor,
      action: 'list.exported',
      subjectType: 'list',
      subjectId: list,
      after: filters,
    }),
  )
}
