import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { type CustomerInvoice, selectCustomerInvoices, toCustomerInvoice } from './customer-invoice-view.ts'

/** Any customer's invoice or credit note. Throws Refusal: forbidden, invoice_not_found. */
export async function getAnyInvoice(ctx: StaffContext, id: string): Promise<CustomerInvoice> {
  requirePermission(ctx, 'money:read')
  const row = await selectCustomerInvoices(ctx.db).where('invoice.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('invoice_not_found', 'No such invoice or credit note.', { id })
  return toCustomerInvoice(row)
}
