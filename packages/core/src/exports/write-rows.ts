import { stringify } from 'csv-stringify/sync'

/** An amount as text in major units (`toAmount`): our own number, so a minus is a minus. */
export type Amount = { readonly amount: string }

export type Cell = string | number | Date | Amount | null

const cast = {
  date: (at: Date) => at.toISOString(),
  object: (amount: Record<string, unknown>) => ({ value: String(amount['amount']), escape_formulas: false }),
}

/**
 * Rows as lines of CSV (RFC 4180), without a header. What begins like a formula (`=`, `+`, `-`, `@`, tab, carriage return) and
 * is no amount gets an apostrophe before it, by which a spreadsheet takes it for text.
 */
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
