import type { InvoiceKind } from '@droplock/rules/invoices/number'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type CustomerInvoice, selectCustomerInvoices, toCustomerInvoice } from './customer-invoice-view.ts'

export type ListAllInvoices = Paging & {
  readonly sort?: Sorting<'issuedAt' | 'number' | 'gross'>
  readonly kind?: InvoiceKind
  readonly accountId?: string
  /** An invoice's own; its credit notes come with it. */
  readonly backorderId?: string
  readonly renewalId?: string
  /** Inclusive. */
  readonly from?: Date
  /** Exclusive. */
  readonly to?: Date
  /** A part of the number, the domain name or the account's name. */
  readonly q?: string
}

const columns = {
  issuedAt: 'invoice.issued_at',
  number: 'invoice.number',
  gross: 'invoice.gross_minor',
} as const

/** All customers' invoices and credit notes, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listAllInvoices(
  ctx: StaffContext,
  query: ListAllInvoices,
): Promise<Listed<CustomerInvoice>> {
  requirePermission(ctx, 'money:read')
  const sort = query.sort ?? { field: 'issuedAt', order: 'desc' }
  const sorted = filtered(ctx, query)
    .orderBy(columns[sort.field], sort.order)
    .orderBy('invoice.id', sort.order)
  return readListed(sorted, query, toCustomerInvoice)
}

function filtered(ctx: StaffContext, query: ListAllInvoices) {
  let matching = selectCustomerInvoices(ctx.db)
  if (query.kind !== undefined) matching = matching.where('invoice.kind', '=', query.kind)
  if (query.accountId !== undefined) matching = matching.where('invoice.account_id', '=', query.accountId)
  if (query.from !== undefined) matching = matching.where('invoice.issued_at', '>=', query.from)
  if (query.to !== undefined) matching = matching.where('invoice.issued_at', '<', query.to)
  for (const [column, id] of [
    ['backorder_id', query.backorderId],
    ['renewal_id', query.renewalId],
  ] as const) {
    if (id === undefined) continue
    matching = matching.where((is) =>
      is.or([is(`invoice.${column}`, '=', id), is(`credited.${column}`, '=', id)]),
    )
  }
  if (query.q === undefined) return matching
  const part = `%${escapeLike(query.q)}%`
  return matching.where((is) =>
    is.or([
      is('invoice.number', 'ilike', part),
      is('invoice.name', 'ilike', part),
      is('account.name', 'ilike', part),
    ]),
  )
}
