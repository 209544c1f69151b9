import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

/**
 * Closes an item that a person has looked into, saying how it came about. It stays closed as long as the same is found.
 * Throws Refusal: forbidden, reason_required, reconciliation_item_not_found, reconciliation_item_closed, try_again.
 */
export async function closeReconciliationItem(ctx: StaffContext, id: string, note: string): Promise<void> {
  requirePermission(ctx, 'reconciliation:close')
  const reason = requireReason(note)
  await inTransaction(ctx.db, async (tx) => {
    const item = await tx
      .selectFrom('reconciliation_item')
      .select(['side', 'source', 'kind', 'subject', 'closed_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (item === undefined) throw new Refusal('reconciliation_item_not_found', 'No such item.', { id })
    const { closed_at: closedAt, ...before } = item
    if (closedAt !== null) throw new Refusal('reconciliation_item_closed', 'It is closed already.', { id })
    await tx
      .updateTable('reconciliation_item')
      .set({ closed_at: await databaseTime(tx), closed_by: ctx.actor.staffId, note: reason })
      .where('id', '=', id)
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'reconciliation_item.closed',
      subjectType: 'reconciliation_item',
      subjectId: id,
      reason,
      before,
    })
  })
}
