import { isDate, offsetsByAbbreviation, parseInstant } from './dates.ts'
import { type LineReading, type ListFormat, rejected } from './format.ts'

/**
 * Names of .pl, one A-label name per line, no header, no dates. Each file is the increment of one date, which is in the file's name.
 * Rule 15.
 */
export const plText: ListFormat = {
  kind: 'increment',
  purpose: 'listing',
  layout: 'lines',
  hasDates: false,
  needsDate: true,
  open: ({ dropDate }) => {
    if (dropDate === undefined || !isDate(dropDate)) return () => rejected('invalid_date')
    return (text) => readName(text, dropDate)
  },
}

/**
 * The list as the .pl registry publishes it: when it was made (`2026-04-07 08:10:56 MEST`), a blank line, then the names that were
 * deleted on that day. Too late to order any of them; they show when names are really deleted.
 */
export const plDeleted: ListFormat = {
  kind: 'increment',
  purpose: 'observed',
  layout: 'lines',
  skipsBlankLines: true,
  hasDates: false,
  needsDate: false,
  open: () => {
    let day: string | undefined
    let isFirst = true
    return (text) => {
      if (!isFirst) return day === undefined ? rejected('invalid_date') : readName(text, day)
      isFirst = false
      const made = readMadeAt(text)
      if (typeof made === 'string') return rejected(made)
      day = made.day
      return { kind: 'header' }
    }
  },
}

const madeAt = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) ([A-Z]{2,5})$/

/** Whether a list's first line says when it was made, as the .pl registry writes it. */
export function isMadeAt(line: string): boolean {
  return madeAt.test(line.trim())
}

/** The day is that of the registry's clock, as it is written. */
function readMadeAt(line: string): { readonly day: string } | 'invalid_date' | 'unknown_time_zone' {
  const [, day = '', time = '', zone = ''] = madeAt.exec(line.trim()) ?? []
  if (parseInstant(`${day}T${time}Z`) === undefined) return 'invalid_date'
  return Object.hasOwn(offsetsByAbbreviation, zone) ? { day } : 'unknown_time_zone'
}

function readName(text: string, dropDate: string): LineReading {
  // JavaScript counts a byte order mark as white space; here it is a part of the name, which is then none.
  return /[^\S\ufeff]|[,;]/.test(text.trim()) ? rejected('malformed') : { kind: 'raw', name: text, dropDate }
}
