import { type AccountContext, requireScope } from '../context.ts'
import { type Page, requireCursor, takePage } from '../database/page.ts'
import { type InvoiceView, selectInvoices, toInvoiceView } from './view.ts'

export type ListInvoices = {
  /** `id` of the last document of the page before. */
  readonly after?: string
  readonly limit: number
}

/** The caller's invoices and credit notes, newest first (ids are UUIDv7). Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listInvoices(ctx: AccountContext, query: ListInvoices): Promise<Page<InvoiceView>> {
  requireScope(ctx, 'invoices:read')
  const own = selectInvoices(ctx.db).where('invoice.account_id', '=', ctx.actor.accountId)
  let select = own.orderBy('invoice.id', 'desc').limit(query.limit + 1)
  if (query.after !== undefined) {
    await requireCursor(own.where('invoice.id', '=', query.after))
    select = select.where('invoice.id', '<', query.after)
  }
  const rows = await select.execute()
  return takePage(rows.map(toInvoiceView), query.limit, (invoice) => invoice.id)
}
