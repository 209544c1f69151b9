import type { InvoiceDocument, InvoiceParty } from '@droplock/rules/invoices'
import { formatAmount, money } from '@droplock/rules/money'

/** The contents of a document in reading order. HTML and PDF are both made from it, so that they have the same text. */
export type InvoicePage = {
  readonly title: string
  /** Printed at the top of a test document. */
  readonly warning?: string
  readonly facts: readonly Fact[]
  readonly parties: readonly Party[]
  readonly line: {
    readonly description: string
    /** The A-label form of an internationalised name. */
    readonly ascii?: string
    readonly period: string
    readonly amount: string
  }
  readonly totals: readonly Fact[]
  /** The last of the totals. */
  readonly total: Fact
  readonly notes: readonly string[]
  readonly issuedAt: Date
}

export type Fact = { readonly label: string; readonly value: string }
export type Party = { readonly label: string; readonly name: string; readonly lines: readonly string[] }

const countries = new Intl.DisplayNames('en', { type: 'region' })
/** In UTC, as all periods are. */
const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const rates = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 })

const texts = {
  invoice: {
    title: 'Invoice',
    total: 'Total paid',
    done: 'Paid in full. No payment is due.',
  },
  credit_note: {
    title: 'Credit note',
    total: 'Total credited',
    done: 'This amount has been refunded. The original invoice remains unchanged.',
  },
} as const

/** The page of an invoice or a credit note. */
export function composePage(document: InvoiceDocument): InvoicePage {
  const { kind, line, taxBasisPoints, taxNote } = document
  const text = texts[kind]
  const amount = (minor: bigint) => formatMoney(minor, document.currency)
  const isOther = line.name !== line.nameUnicode
  return {
    title: text.title,
    ...(document.mode === 'test' && {
      warning: 'TEST: issued by a test system. This document is not valid.',
    }),
    facts: [
      { label: 'Number', value: document.number },
      { label: 'Issued on', value: days.format(document.issuedAt) },
      ...(document.creditsNumber === null
        ? []
        : [{ label: 'Credits invoice', value: document.creditsNumber }]),
    ],
    parties: [
      { label: 'Seller', name: document.seller.name, lines: linesOf(document.seller) },
      {
        label: 'Buyer',
        name: document.buyer.name,
        lines: [...linesOf(document.buyer), document.buyer.email],
      },
    ],
    line: {
      description: `${nounOf[kind][line.of]} of ${line.nameUnicode} for ${line.years}\u00a0${line.years === 1 ? 'year' : 'years'}`,
      ...(isOther && { ascii: line.name }),
      period: `${unbroken(line.serviceFrom)} to ${unbroken(line.serviceTo)}`,
      amount: amount(document.netMinor),
    },
    totals: [
      { label: 'Net', value: amount(document.netMinor) },
      { label: `Tax ${rates.format(taxBasisPoints / 10_000)}`, value: amount(document.taxMinor) },
    ],
    total: { label: text.total, value: amount(document.grossMinor) },
    notes: [...(taxNote === null ? [] : [taxNote]), text.done],
    issuedAt: document.issuedAt,
  }
}

const nounOf = {
  invoice: { registration: 'Registration', renewal: 'Renewal' },
  credit_note: { registration: 'Refund for the registration', renewal: 'Refund for the renewal' },
} as const

/** A date that does not break at the end of a line. */
function unbroken(date: Date): string {
  return days.format(date).replaceAll(' ', '\u00a0')
}

function linesOf(party: InvoiceParty): readonly string[] {
  return [
    ...party.address.split('\n'),
    countries.of(party.country) ?? party.country,
    ...(party.taxId === null ? [] : [`Tax ID ${party.taxId}`]),
  ]
}

/** With the currency's decimals and its code, because several currencies share a sign. */
function formatMoney(minor: bigint, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' })
  // As text: a number would be rounded beyond 2^53.
  return format.format(formatAmount(money(minor, currency)) as Intl.StringNumericLiteral)
}
