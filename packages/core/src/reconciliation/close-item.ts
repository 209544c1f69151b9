import { Refusal } from '@droplock/rules/refusals'
import { changeWithAudit } from '../audit/change.ts'
import type { StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'

/**
 * Closes a mismatch with a note of how it came about. It stays closed as long as the same mismatch is found. Throws Refusal:
 * forbidden, reason_required, reconciliation_item_not_found, reconciliation_item_closed, try_again.
 */
export async function closeReconciliationItem(ctx: StaffContext, id: string, note: string): Promise<void> {
  const change = {
    permission: 'reconciliation:close',
    subject: ['reconciliation_item', id],
    reason: note,
  } as const
  await changeWithAudit(ctx, change, async (tx, reason) => {
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
    return { action: 'reconciliation_item.closed', before }
  })
}
