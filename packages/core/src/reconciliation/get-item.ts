import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { type ReconciliationItem, toItem } from './item-view.ts'
import { selectItems } from './select-items.ts'

/** One item, open or closed. Throws Refusal: forbidden, reconciliation_item_not_found. */
export async function getReconciliationItem(ctx: StaffContext, id: string): Promise<ReconciliationItem> {
  requirePermission(ctx, 'console:read')
  const row = await selectItems(ctx).where('reconciliation_item.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('reconciliation_item_not_found', 'No such item.', { id })
  return toItem(row)
}
