import { isCurrency, type Money, money, parseAmount } from '@droplock/rules/money'
import type { ReportLine } from '@droplock/rules/ports/account-report'
import { parse } from 'csv-parse/sync'
import { parseInstant } from '../formats/files.ts'
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
 * Reads an account report, CSV with a header by whose names columns are found. Each line goes to the CSV parser alone: no
 * field holds a line end, and so a stray quote costs its own line and no other (ADR 4). A line that can't be read is told as
 * such and stops nothing; throws NoAccountReport without the header, and what `source` throws.
 */
export async function* readAccountReport(
  source: AsyncIterable<Uint8Array>,
  /** Lines of other accounts are passed over. Left out: there are none. */
  account?: string,
): AsyncGenerator<ReportLine> {
  let header: readonly string[] | undefined
  for await (const line of readLines(source)) {
    if (line.text.trim() === '') continue
    if (header === undefined) {
      header = readHeader(line)
      continue
    }
    const told = readLine(line, header, account)
    if (told !== undefined) yield told
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
    throw new NoAccountReport(`the first line does not name ${columns.join(',')}`)
  return names
}

function readLine(line: Line, header: readonly string[], account?: string): ReportLine | undefined {
  const bad = (reason: string): ReportLine => ({
    kind: 'unreadable',
    line: line.line,
    reason,
    text: excerpt(line.text),
  })
  if (line.tooLong) return bad('it is too long')
  const fields = split(line.text)
  if (fields === undefined) return bad('its quotes do not match')
  if (fields.length !== header.length) return bad(`it has ${fields.length} fields of ${header.length}`)
  const row = Object.fromEntries(header.map((name, index) => [name, fields[index]?.trim() ?? ''])) as Row
  if (account !== undefined && row.ACCOUNT !== account) return undefined
  const at = parseInstant(row.AT)
  if (at === undefined) return bad('AT is no time in UTC')
  if (row.NAME === '' || row.OPERATION === '') return bad('it has no operation or no name')
  if (!/^\d{1,3}$/.test(row.YEARS)) return bad('YEARS is no number')
  const amount = readAmount(row)
  if (amount === undefined) return bad('it has not one amount of a currency')
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

/** A debit costs us, a credit came back; a line has one of them. */
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
