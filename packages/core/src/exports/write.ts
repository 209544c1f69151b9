import { formatAmount, money } from '@droplock/rules/money'
import { Refusal } from '@droplock/rules/refusals'
import { stringify } from 'csv-stringify/sync'
import { requireStillActive } from '../audit/require-active.ts'
import type { StaffContext } from '../context.ts'

/** `from` inclusive, `to` exclusive. */
export type ExportPeriod = { readonly from: Date; readonly to: Date }

/** Throws Refusal('invalid_period') where the period ends before it starts. */
export function requirePeriod({ from, to }: ExportPeriod): void {
  if (from > to) throw new Refusal('invalid_period', 'The period ends before it starts.')
}

/** An amount of minor units, ready for `writeRows`. */
export function toAmount(amountMinor: bigint, currency: string): Amount {
  return { amount: formatAmount(money(amountMinor, currency)) }
}

/** A query of some ten milliseconds, and a few hundred kilobytes of text. */
const ROWS_PER_PAGE = 1_000

type Pages<Row> = {
  readonly header: readonly string[]
  /** The next `limit` rows after `after`; fewer than that are the last. */
  readonly read: (after: Row | undefined, limit: number) => Promise<readonly Row[]>
  readonly toCells: (row: Row) => readonly Cell[]
}

/**
 * A CSV file with its header, page by page: no page is read before its reader wants it, so a slow reader fills no memory. An export
 * takes minutes, so each page checks that the person was not disabled meanwhile. Throws Refusal('session_required').
 */
export async function* writePages<Row>(
  ctx: StaffContext,
  { header, read, toCells }: Pages<Row>,
): AsyncGenerator<string> {
  yield writeRows([header])
  let after: Row | undefined
  for (;;) {
    await requireStillActive(ctx)
    const rows = await read(after, ROWS_PER_PAGE)
    if (rows.length > 0) yield writeRows(rows.map(toCells))
    after = rows.at(-1)
    if (after === undefined || rows.length < ROWS_PER_PAGE) return
  }
}

/** An amount as text in major units, made by `toAmount`; a minus sign in it is no formula. */
type Amount = { readonly amount: string }

export type Cell = string | number | Date | Amount | null

const cast = {
  date: (at: Date) => at.toISOString(),
  object: (amount: Record<string, unknown>) => ({ value: String(amount['amount']), escape_formulas: false }),
}

/**
 * Rows as lines of CSV (RFC 4180), without a header. Text that begins like a formula (`=`, `+`, `-`, `@`, tab, carriage return) gets an
 * apostrophe in front, so that a spreadsheet shows it as text; amounts do not.
 */
export function writeRows(rows: readonly (readonly Cell[])[]): string {
  const lines = rows.map((row) => [...row])
  return stringify(lines, {
    escape_formulas: true,
    record_delimiter: 'windows',
    // The library quotes its own line end only; other programs end a row at half of it.
    quoted_match: /[\r\n]/,
    cast,
  })
}
