import { isDate } from './dates.ts'
import { type ListFormat, rejected } from './format.ts'

/**
 * The .pl registry's list: one A-label name a line, no header, no dates. Each file is the increment of one date, which
 * stands in the file's name: two days share next to nothing. Domain §2, §3.
 */
export const plText: ListFormat = {
  kind: 'increment',
  hasDates: false,
  open: ({ dropDate }) => {
    if (dropDate === undefined || !isDate(dropDate)) return () => rejected('invalid_date')
    return (text) =>
      /[\s,;]/.test(text.trim()) ? rejected('malformed') : { kind: 'raw', name: text, dropDate }
  },
}
