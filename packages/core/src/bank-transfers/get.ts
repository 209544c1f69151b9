import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { type BankTransferRow, selectTransfers, toTransferRow, withColumns } from './transfer-view.ts'

/** One bank transfer. Throws Refusal: forbidden, bank_transfer_not_found. */
export async function getBankTransfer(ctx: StaffContext, id: string): Promise<BankTransferRow> {
  requirePermission(ctx, 'money:read')
  const row = await withColumns(selectTransfers(ctx)).where('bank_transfer.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('bank_transfer_not_found', 'No such transfer.', { id })
  return toTransferRow(row)
}
