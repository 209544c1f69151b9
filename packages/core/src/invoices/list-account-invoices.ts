import { getAccount } from '../accounts/get.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type InvoiceView, selectInvoices, toInvoiceView } from './view.ts'

export type ListAccountInvoices = Paging & { readonly accountId: string }

/** A customer's invoices and credit notes, newest first. Throws Refusal: forbidden, account_not_found. */
export async function listAccountInvoices(
  ctx: StaffContext,
  { accountId, ...page }: ListAccountInvoices,
): Promise<Listed<InvoiceView>> {
  requirePermission(ctx, 'money:read')
  const { id } = await getAccount(ctx, accountId)
  const sorted = selectInvoices(ctx.db)
    .where('invoice.account_id', '=', id)
    .orderBy('invoice.issued_at', 'desc')
    .orderBy('invoice.id', 'desc')
  return readListed(sorted, page, toInvoiceView)
}
