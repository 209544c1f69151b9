import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { type InvoiceView, selectInvoices, toInvoiceView } from './view.ts'

/** One of the caller's invoices or credit notes. Throws Refusal: insufficient_scope, invoice_not_found. */
export async function getInvoice(ctx: AccountContext, id: string): Promise<InvoiceView> {
  requireScope(ctx, 'invoices:read')
  const row = await selectInvoices(ctx.db)
    .where('invoice.id', '=', id)
    .where('invoice.account_id', '=', ctx.actor.accountId)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('invoice_not_found', 'No such invoice or credit note.', { id })
  return toInvoiceView(row)
}
