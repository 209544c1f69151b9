import { isCurrency, type Money, money, parseAmount } from '@droplock/rules/money'
import type { ReportLine } from '@droplock/rules/ports/account-report'
import { parse } from 'csv-parse/sync'
import { parseInstant } from '../formats/dates.ts'
import { createLineSplitter, excerpt, type Line } from '../intake/lines.ts'

const columns = [
  'AT',
  'ACCOUNT',
  'OPERATION',
  'NAME',
  'YEARS',
  'DEBIT',
  'CREDIT',
  'CURRENCY',
  'SVTRID',
] as const

type Row = Readonly<Record<(typeof columns)[number], string>>

/** Not an account report, or one of another format. */
export class NoAccountReport extends Error {
  override readonly name = 'NoAccountReport'
}

/**
 * Reads an account report: CSV with a header that names the columns. Each line is parsed alone: no field has a line end, so
 * a stray quote spoils only its own line (ADR 4). A line that cannot be read is returned as `unreadable`. Throws
 * NoAccountReport if there is no header, and what `source` throws.
 */
export async function* readAccountReport(
  source: AsyncIterable<Uint8Array>,
  /** Lines of other accounts are skipped. Absent: the report has one account. */
  account?: string,
): AsyncGenerator<ReportLine> {
  let header: readonly string[] | undefined
  for await (const line of readLines(source)) {
    if (line.text.trim() === '') continue
    if (header === undefined) {
      header = readHeader(line)
      continue
    }
    const reportLine = readLine(line, header, account)
    if (reportLine !== undefined) yield reportLine
  }
  if (header === undefined) throw new NoAccountReport('the report is empty')
}

async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder()
  const splitter = createLineSplitter()
  for await (const chunk of source) yield* splitter.push(decoder.decode(chunk, { stream: true }))
  yield* splitter.push(decoder.decode())
  yield* splitter.end()
}

function readHeader({ text }: Line): readonly string[] {
  const names = (split(text) ?? []).map((name) => name.trim().toUpperCase())
  if (!columns.every((column) => names.includes(column)))
    throw new NoAccountReport(`the first line must name the columns ${columns.join(', ')}`)
  return names
}

function readLine(line: Line, header: readonly string[], account?: string): ReportLine | undefined {
  const bad = (reason: string): ReportLine => ({
    kind: 'unreadable',
    line: line.line,
    reason,
    text: excerpt(line.text),
  })
  if (line.tooLong) return bad('the line is too long')
  const fields = split(line.text)
  if (fields === undefined) return bad('the quotes do not match')
  if (fields.length !== header.length)
    return bad(`the line has ${fields.length} fields, the header ${header.length}`)
  const row = Object.fromEntries(header.map((name, index) => [name, fields[index]?.trim() ?? ''])) as Row
  if (account !== undefined && row.ACCOUNT !== account) return undefined
  const at = parseInstant(row.AT)
  if (at === undefined) return bad('AT is not a time in UTC')
  if (row.NAME === '' || row.OPERATION === '') return bad('OPERATION or NAME is empty')
  if (!/^\d{1,3}$/.test(row.YEARS)) return bad('YEARS is not a number')
  const amount = readAmount(row)
  if (amount === undefined) return bad('exactly one of DEBIT and CREDIT must be an amount, in CURRENCY')
  return {
    kind: 'entry',
    entry: {
      line: line.line,
      at,
      operation: row.OPERATION.toLowerCase(),
      name: row.NAME.toLowerCase(),
      years: Number(row.YEARS),
      amount,
      svTRID: row.SVTRID === '' ? undefined : row.SVTRID,
    },
  }
}

/** A debit is charged to us, a credit is returned to us. A line has one of them. */
function readAmount({ DEBIT, CREDIT, CURRENCY }: Row): Money | undefined {
  if (!isCurrency(CURRENCY) || (DEBIT === '') === (CREDIT === '')) return undefined
  const amount = parseAmount(DEBIT || CREDIT, CURRENCY)
  if (amount === undefined) return undefined
  return DEBIT === '' ? money(-amount.amountMinor, CURRENCY) : amount
}

function split(text: string): readonly string[] | undefined {
  try {
    return parse(text, { bom: true, relax_column_count: true })[0]
  } catch {
    return undefined
  }
}
