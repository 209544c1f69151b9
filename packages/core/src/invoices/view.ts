import type { InvoiceDocument } from '@droplock/rules/invoices/document'
import type { Kysely } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** An invoice or a credit note as its customer sees it. */
export type InvoiceView = InvoiceDocument & {
  readonly id: string
  /** What an invoice is of, one of the two; both null for a credit note. */
  readonly backorderId: string | null
  readonly renewalId: string | null
  /** What a credit note takes back from, and for which refund; null for an invoice. */
  readonly creditsInvoiceId: string | null
  readonly refundId: string | null
}

/** What was issued, with the number that a credit note names, ready for `toInvoiceView`. */
export function selectInvoices(db: Kysely<Database>) {
  return db
    .selectFrom('invoice')
    .leftJoin('invoice as credited', 'credited.id', 'invoice.credits_invoice_id')
    .selectAll('invoice')
    .select('credited.number as credits_number')
}

export type InvoiceRow = Awaited<ReturnType<ReturnType<typeof selectInvoices>['execute']>>[number]

export function toInvoiceView(row: InvoiceRow): InvoiceView {
  return {
    id: row.id,
    kind: row.kind,
    mode: row.mode,
    number: row.number,
    issuedAt: row.issued_at,
    backorderId: row.backorder_id,
    renewalId: row.renewal_id,
    creditsInvoiceId: row.credits_invoice_id,
    creditsNumber: row.credits_number,
    refundId: row.refund_id,
    seller: {
      name: row.seller_name,
      address: row.seller_address,
      country: row.seller_country,
      taxId: row.seller_tax_id,
    },
    buyer: {
      name: row.buyer_name,
      address: row.buyer_address,
      country: row.buyer_country,
      taxId: row.buyer_tax_id,
      email: row.buyer_email,
    },
    line: {
      of: row.service,
      name: row.name,
      nameUnicode: row.name_unicode,
      years: row.years,
      serviceFrom: row.service_from,
      serviceTo: row.service_to,
    },
    currency: row.currency,
    grossMinor: row.gross_minor,
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
    taxBasisPoints: row.tax_basis_points,
    taxNote: row.tax_note,
  }
}
