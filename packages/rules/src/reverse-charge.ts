/**
 * Forms of VAT identification numbers by member state of the EU, after the prefix. Greece writes EL. Only the form is checked:
 * whether a number is in use, the Commission's service VIES says.
 */
const vatNumberForms = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  ES: /^[A-Z\d]\d{7}[A-Z\d]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z\d]{2}\d{9}$/,
  GR: /^\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(?:\d{7}[A-W][A-IW]?|\d[A-Z+*]\d{5}[A-W]|\d{7}[A-Z])$/,
  IT: /^\d{11}$/,
  LT: /^(?:\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[A-Z\d+*]{10}\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{10}01$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
} as const satisfies Readonly<Record<string, RegExp>>

/** Directive 2006/112/EC, article 226 (11a) asks for the words "Reverse charge", and (3) and (4) for both VAT IDs. */
export const REVERSE_CHARGE_NOTE =
  'Reverse charge: the recipient accounts for the VAT (Article 196 of Directive 2006/112/EC).'

type Party = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly taxId: string | null
}

/** Whether the tax ID has the form of a VAT ID of the party's own member state of the EU, with its prefix. Blanks, dots and hyphens do not count. */
export function hasEuVatId({ country, taxId }: Party): boolean {
  const form = Object.entries(vatNumberForms).find(([state]) => state === country)?.[1]
  const prefix = country === 'GR' ? 'EL' : country
  const written = (taxId ?? '').toUpperCase().replaceAll(/[\s.-]/g, '')
  return form !== undefined && written.startsWith(prefix) && form.test(written.slice(prefix.length))
}

type SellerTax = Party & {
  /** Whether the seller applies the reverse charge. */
  readonly reverseCharge: boolean
  /** Contained in prices. */
  readonly taxBasisPoints: number
  readonly taxNote: string | null
}

type InvoiceTax = { readonly taxBasisPoints: number; readonly taxNote: string | null }

/**
 * The tax of an invoice and the note below its sum. A business in another member state of the EU accounts for the VAT itself: its
 * invoice has no tax and says so, and what it paid is the net amount. All others have the seller's tax. Rule 10.
 */
export function decideInvoiceTax(seller: SellerTax, buyer: Party): InvoiceTax {
  const { reverseCharge, taxBasisPoints, taxNote } = seller
  const isReversed =
    reverseCharge && hasEuVatId(seller) && hasEuVatId(buyer) && seller.country !== buyer.country
  if (!isReversed) return { taxBasisPoints, taxNote }
  return { taxBasisPoints: 0, taxNote: [REVERSE_CHARGE_NOTE, taxNote ?? ''].join(' ').trim() }
}
