import type { InvoiceKind, InvoiceMode } from './number.ts'

/** What was sold, for some years. */
export type InvoiceService = 'registration' | 'renewal'

/** A party as it was when the document was issued. */
export type InvoiceParty = {
  readonly name: string
  /** Lines as on an envelope, separated by line feeds. */
  readonly address: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly taxId: string | null
}

/** An invoice or a credit note with all that stands on its page. It never changes, and neither does what is made of it. */
export type InvoiceDocument = {
  readonly kind: InvoiceKind
  readonly mode: InvoiceMode
  readonly number: string
  readonly issuedAt: Date
  /** The number of the invoice that a credit note takes back from; null for an invoice. */
  readonly creditsNumber: string | null
  readonly seller: InvoiceParty
  readonly buyer: InvoiceParty & { readonly email: string }
  readonly line: {
    readonly of: InvoiceService
    /** A-labels. */
    readonly name: string
    /** The same in Unicode; equal where it is ASCII. */
    readonly nameUnicode: string
    readonly years: number
    readonly serviceFrom: Date
    readonly serviceTo: Date
  }
  /** ISO 4217. */
  readonly currency: string
  /** Minor units, above zero on a credit note too. */
  readonly grossMinor: bigint
  readonly netMinor: bigint
  readonly taxMinor: bigint
  readonly taxBasisPoints: number
  readonly taxNote: string | null
}
