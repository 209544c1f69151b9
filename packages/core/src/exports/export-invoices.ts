import { requirePermission, type StaffContext } from '../context.ts'
import { type InvoiceRow, selectInvoices } from '../invoices/read.ts'
import { type Cell, type ExportPeriod, requirePeriod, toAmount, writePages } from './write.ts'

const header = [
  'issued_at',
  'number',
  'kind',
  'mode',
  'net',
  'tax',
  'gross',
  'currency',
  'tax_percent',
  'tax_note',
  'account_id',
  'buyer_name',
  'buyer_country',
  'buyer_tax_id',
  'seller_name',
  'seller_tax_id',
  'service',
  'name',
  'years',
  'service_from',
  'service_to',
  'credits_number',
  'backorder_id',
  'renewal_id',
  'refund_id',
] as const

/**
 * All invoices and credit notes that were issued in a period as CSV, oldest first. A credit note's amounts are negative. Throws
 * Refusal: forbidden, invalid_period.
 */
export function exportInvoices(ctx: StaffContext, period: ExportPeriod): AsyncGenerator<string> {
  requirePermission(ctx, 'money:export')
  requirePeriod(period)
  return writePages(ctx, { header, read: (after, limit) => readPage(ctx, period, after, limit), toCells })
}

async function readPage(
  { db }: StaffContext,
  { from, to }: ExportPeriod,
  after: { readonly id: string } | undefined,
  limit: number,
) {
  const invoices = selectInvoices(db)
    .where('invoice.issued_at', '>=', from)
    .where('invoice.issued_at', '<', to)
    .orderBy('invoice.id')
    .limit(limit)
  return (after === undefined ? invoices : invoices.where('invoice.id', '>', after.id)).execute()
}

function toCells(row: InvoiceRow): readonly Cell[] {
  const sign = row.kind === 'credit_note' ? -1n : 1n
  const amount = (minor: bigint) => toAmount(sign * minor, row.currency)
  return [
    row.issued_at,
    row.number,
    row.kind,
    row.mode,
    amount(row.net_minor),
    amount(row.tax_minor),
    amount(row.gross_minor),
    row.currency,
    // Hundredths of a percent.
    row.tax_basis_points / 100,
    row.tax_note,
    row.account_id,
    row.buyer_name,
    row.buyer_country,
    row.buyer_tax_id,
    row.seller_name,
    row.seller_tax_id,
    row.service,
    row.name,
    row.years,
    row.service_from,
    row.service_to,
    row.credits_number,
    row.backorder_id,
    row.renewal_id,
    row.refund_id,
  ]
}
