import { isDate } from './dates.ts'
import { type LineReading, type ListFormat, rejected } from './format.ts'

const common = {
  // The registry lists every name that it will release.
  kind: 'snapshot',
  purpose: 'listing',
  hasDates: true,
  needsDate: false,
} as const

/** The .se and .nu registries' list as text: `name<TAB>YYYY-MM-DD`, the date being that of the release. */
export const seText: ListFormat = {
  ...common,
  layout: 'lines',
  open: () => (text) => {
    const [name = '', date = '', ...others] = text.split('\t')
    if (name === '' || date === '' || others.length > 0) return rejected('malformed')
    return readRow(name, date.trim())
  },
}

/** The same list as JSON: `{"data":[{"name":"…","release_at":"YYYY-MM-DD"}]}`. */
export const seJson: ListFormat = {
  ...common,
  layout: 'json',
  open: () => (_text, value) => {
    const { name, release_at: date }: { name?: unknown; release_at?: unknown } =
      typeof value === 'object' && value !== null ? value : {}
    if (typeof name !== 'string' || typeof date !== 'string') return rejected('malformed')
    return readRow(name, date)
  },
}

/** Whether a line is a row of the text. */
export function isSeRow(line: string): boolean {
  return /^[^\s,;]+\t\d{4}-\d{2}-\d{2}\s*$/.test(line)
}

function readRow(name: string, date: string): LineReading {
  return isDate(date) ? { kind: 'raw', name, dropDate: date } : rejected('invalid_date')
}
