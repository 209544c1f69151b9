import type { ToAscii } from '@droplock/rules/ports/ids'
import { parseInstant } from './dates.ts'
import { type LineReading, type ListFormat, rejected } from './format.ts'

type Columns = {
  readonly tld: number
  readonly domain: number
  readonly purged: number
  readonly count: number
}

/** The order of the draft, for a list whose header is missing. */
const draftColumns: Columns = { tld: 0, domain: 1, purged: 3, count: 4 }

/**
 * The IETF draft "Domain Drop List Report" (draft-sattler-domain-drop-list-report): `TLD,DOMAIN,EXPIRED,PURGED`, one or
 * many TLDs, times in UTC. A report has every pending name of the TLDs and dates it lists: it is a snapshot.
 *
 * No CSV library: neither a name nor a time can contain a comma, a quote or a line end, so a field is at most wrapped in
 * quotes. With a CSV parser one stray quote would spoil every row after it. EXPIRED is not needed and not read.
 */
export const ietfCsv: ListFormat = {
  kind: 'snapshot',
  purpose: 'listing',
  layout: 'lines',
  hasDates: true,
  needsDate: false,
  open: ({ toAscii }) => {
    let columns: Columns | undefined
    return (text) => {
      const fields = text.split(',').map(unquote)
      if (columns === undefined) {
        const header = readHeader(fields)
        columns = header ?? draftColumns
        if (header !== undefined) return { kind: 'header' }
      }
      return readFields(fields, columns, toAscii)
    }
  },
}

/** Whether a list's first line is this format's header. */
export function isHeader(line: string): boolean {
  return readHeader(line.split(',').map(unquote)) !== undefined
}

/** Columns are found by name, so that added or moved ones do no harm. */
function readHeader(fields: readonly string[]): Columns | undefined {
  const names = fields.map((field) => field.toUpperCase())
  const [tld, domain, purged] = ['TLD', 'DOMAIN', 'PURGED'].map((name) => names.indexOf(name))
  if (tld === undefined || domain === undefined || purged === undefined) return undefined
  return Math.min(tld, domain, purged) === -1 ? undefined : { tld, domain, purged, count: fields.length }
}

function readFields(fields: readonly string[], columns: Columns, toAscii: ToAscii): LineReading {
  const [tld, name, purged] = [fields[columns.tld], fields[columns.domain], fields[columns.purged]]
  if (fields.length !== columns.count || !tld || !name || !purged) return rejected('malformed')
  const purgeAt = parseInstant(purged)
  if (purgeAt === undefined) return rejected('invalid_date')
  return { kind: 'raw', name, tld: normaliseTld(tld, toAscii), purgeAt, dropDate: purged.slice(0, 10) }
}

function normaliseTld(tld: string, toAscii: ToAscii): string {
  const suffix = tld.replace(/^\./, '')
  return /^[a-z0-9.-]+$/.test(suffix) ? suffix : (toAscii(suffix) ?? suffix)
}

function unquote(field: string): string {
  const text = field.trim()
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).trim() : text
}
