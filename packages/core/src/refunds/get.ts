import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { type RefundRow, selectRefunds, toRefundRow, withColumns } from './refund-view.ts'

/** One refund. Throws Refusal: forbidden, refund_not_found. */
export async function getRefund(ctx: StaffContext, id: string): Promise<RefundRow> {
  requirePermission(ctx, 'console:read')
  const row = await withColumns(selectRefunds(ctx)).where('refund.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('refund_not_found', 'No such refund.', { id })
  return toRefundRow(row)
}
