import { formatAmount, money } from '@droplock/rules/money/money'
import { stringify } from 'csv-stringify/sync'

/**
 * An amount in major units: our own number, so a minus is a minus. Everything else that begins like a formula (`=`, `+`, `-`,
 * `@`, tab, carriage return) gets an apostrophe before it, by which a spreadsheet takes it for text.
 */
export class Amount {
  readonly text: string

  constructor(amountMinor: bigint, currency: string) {
    this.text = formatAmount(money(amountMinor, currency))
  }
}

export type Cell = string | number | Date | Amount | null

const cast = {
  date: (at: Date) => at.toISOString(),
  object: (amount: Record<string, unknown>) => ({ value: String(amount['text']), escape_formulas: false }),
}

/** Rows as lines of CSV (RFC 4180), without a header. */
export function writeRows(rows: readonly (readonly Cell[])[]): string {
  const lines = rows.map((row) => [...row])
  return stringify(lines, {
    escape_formulas: true,
    record_delimiter: 'windows',
    // The library quotes its own line end only; half of one would end the row for others.
    quoted_match: /[\r\n]/,
    cast,
  })
}
