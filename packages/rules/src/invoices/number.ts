export type InvoiceKind = 'invoice' | 'credit_note'
export type InvoiceMode = 'live' | 'test'

/** Numbers count on without a gap within a series. The year is that of the issue, in UTC. */
export type InvoiceSeries = {
  readonly kind: InvoiceKind
  readonly mode: InvoiceMode
  readonly year: number
}

/** More digits where there are more invoices. */
const DIGITS_MIN = 6

const letters: Readonly<Record<InvoiceKind, string>> = { invoice: 'INV', credit_note: 'CN' }

/** `INV-2026-`, and of a test `TEST-INV-2026-`: nobody takes one for the other. */
export function seriesPrefix({ kind, mode, year }: InvoiceSeries): string {
  return `${mode === 'test' ? 'TEST-' : ''}${letters[kind]}-${year}-`
}

/** `INV-2026-000017`. The trigger `invoice_number_follows` composes the same text, and refuses another. */
export function invoiceNumber(prefix: string, sequence: number): string {
  return prefix + sequence.toString().padStart(DIGITS_MIN, '0')
}
