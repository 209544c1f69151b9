import type { BackorderState } from './machines/backorder.ts'
import type { RenewalState } from './machines/renewal.ts'
import { Refusal } from './refusals.ts'

/** What was sold. */
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

/** An invoice or a credit note with everything its page shows. It never changes, and its files are byte-identical every time. */
export type InvoiceDocument = {
  readonly kind: InvoiceKind
  readonly mode: InvoiceMode
  readonly number: string
  readonly issuedAt: Date
  /** The number of the credited invoice; null for an invoice. */
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

export type InvoiceKind = 'invoice' | 'credit_note'
export type InvoiceMode = 'live' | 'test'

/** Numbers have no gap within a series. The year is that of the issue, in UTC. */
export type InvoiceSeries = {
  readonly kind: InvoiceKind
  readonly mode: InvoiceMode
  readonly year: number
}

/** A larger number has more digits. */
const DIGITS_MIN = 6

const letters: Readonly<Record<InvoiceKind, string>> = { invoice: 'INV', credit_note: 'CN' }

/** `INV-2026-`, and in a test database `TEST-INV-2026-`. */
export function seriesPrefix({ kind, mode, year }: InvoiceSeries): string {
  return `${mode === 'test' ? 'TEST-' : ''}${letters[kind]}-${year}-`
}

/** `INV-2026-000017`. The trigger `invoice_number_follows` composes the same text, and refuses another. */
export function invoiceNumber(prefix: string, sequence: number): string {
  return prefix + sequence.toString().padStart(DIGITS_MIN, '0')
}

/** All in minor units; `netMinor + taxMinor` is `grossMinor`. */
type TaxSplit = {
  readonly grossMinor: bigint
  readonly netMinor: bigint
  readonly taxMinor: bigint
}

/** 100 %. */
export const TAX_BASIS_POINTS_MAX = 10_000

/**
 * Splits what a buyer pays into net and the tax it contains. `net = gross / (1 + rate)`, rounded to the minor unit, half up;
 * the tax is the rest, so the two always make the gross. Throws RangeError on a rate that is no share, or a gross below zero.
 */
export function splitTax(grossMinor: bigint, taxBasisPoints: number): TaxSplit {
  if (!Number.isInteger(taxBasisPoints) || taxBasisPoints < 0 || taxBasisPoints > TAX_BASIS_POINTS_MAX) {
    throw new RangeError(`not a rate of tax: ${taxBasisPoints} basis points`)
  }
  if (grossMinor < 0n) throw new RangeError(`not a price: ${grossMinor}`)
  const whole = BigInt(TAX_BASIS_POINTS_MAX)
  const divisor = whole + BigInt(taxBasisPoints)
  const netMinor = (2n * grossMinor * whole + divisor) / (2n * divisor)
  return { grossMinor, netMinor, taxMinor: grossMinor - netMinor }
}

/**
 * The split of a credit note of `grossMinor` for an invoice of which `creditedMinor` was credited before. Computed on the running total, so
 * that credit notes over the whole invoice add up to exactly its net and its tax.
 */
export function splitCredit(grossMinor: bigint, creditedMinor: bigint, taxBasisPoints: number): TaxSplit {
  const before = splitTax(creditedMinor, taxBasisPoints)
  const after = splitTax(creditedMinor + grossMinor, taxBasisPoints)
  return {
    grossMinor,
    netMinor: after.netMinor - before.netMinor,
    taxMinor: after.taxMinor - before.taxMinor,
  }
}

/** Rule 10: before a success and after a failure there is nothing to invoice. */
export function isInvoiceable(state: BackorderState | RenewalState): boolean {
  return state === 'successful'
}

/**
 * Decides whether an invoice may be issued, and returns the billing profile for it. Throws Refusal: invoice_not_available before a success
 * and after a failure (rule 10), billing_profile_missing.
 */
export function decideInvoice<Profile>(
  state: BackorderState | RenewalState,
  profile: Profile | undefined,
): Profile {
  if (!isInvoiceable(state)) {
    throw new Refusal('invoice_not_available', 'An invoice is issued after a success only.', { state })
  }
  if (profile === undefined) {
    throw new Refusal('billing_profile_missing', 'Set a billing profile first.')
  }
  return profile
}

type SellerFacts = {
  /** The mode of the current seller; undefined where none is set. */
  readonly before: InvoiceMode | undefined
  readonly after: InvoiceMode
  /** Whether any invoice was issued in this database. */
  readonly hasIssued: boolean
}

/**
 * Live and test are separate databases, and invoices of a test database say TEST: after the first invoice the mode is final. Throws
 * Refusal('seller_mode_is_final').
 */
export function decideSellerMode({ before, after, hasIssued }: SellerFacts): void {
  if (before === undefined || before === after || !hasIssued) return
  throw new Refusal('seller_mode_is_final', 'Invoices of the other mode were issued here.', {
    mode: before,
  })
}
