import { createLocalTimes } from './dates.ts'
import { type ListFormat, rejected } from './format.ts'

// Lists of suppliers that collect them from several registries. They say nothing of their scope, so they are increments (rule 15).
// Their times have no zone: the source's is meant.

const common = {
  kind: 'increment',
  purpose: 'listing',
  layout: 'lines',
  hasDates: true,
  needsDate: false,
} as const

/** `domain;YYYY-MM-DD HH:MM:SS`, as HEXONET and CentralNic write it, mostly in a `.csv.zip`. */
export const hexonetCsv: ListFormat = {
  ...common,
  open: ({ timeZone = 'UTC' }) => {
    const instantOf = createLocalTimes(timeZone)
    let isFirst = true
    return (text) => {
      const [name = '', at = '', ...others] = text.split(';').map((field) => field.trim())
      const mayBeHeader = isFirst
      isFirst = false
      if (mayBeHeader && isTitle(name)) return { kind: 'header' }
      if (name === '' || at === '' || others.length > 0) return rejected('malformed')
      const [, date = '', time = ''] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(at) ?? []
      const purgeAt = instantOf(date, time)
      return purgeAt === undefined ? rejected('invalid_date') : { kind: 'raw', name, purgeAt, dropDate: date }
    }
  },
}

/** `domain,M/D/YYYY h:mm:ss AM,TAG`, as Pool writes it. The tag says where the name comes from and is not read. */
export const poolCsv: ListFormat = {
  ...common,
  open: ({ timeZone = 'UTC' }) => {
    const instantOf = createLocalTimes(timeZone)
    return (text) => {
      const [name = '', at = '', tag, ...others] = text.split(',').map((field) => field.trim())
      if (name === '' || at === '' || tag === undefined || others.length > 0) return rejected('malformed')
      const local = readUsTime(at)
      const purgeAt = local && instantOf(local.date, local.time)
      if (local === undefined || purgeAt === undefined) return rejected('invalid_date')
      return { kind: 'raw', name, purgeAt, dropDate: local.date }
    }
  },
}

const usTime = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ([AP]M)$/i

/** `2/9/2026 12:05:00 AM` is five minutes past midnight. */
function readUsTime(text: string): { readonly date: string; readonly time: string } | undefined {
  const match = usTime.exec(text)
  if (match === null) return undefined
  const [, month = '', day = '', year = '', hour = '', minute = '', second = '', half = ''] = match
  if (Number(hour) < 1 || Number(hour) > 12) return undefined
  const hours = (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
  return { date: `${year}-${two(month)}-${two(day)}`, time: `${two(hours)}:${minute}:${second}` }
}

function two(part: string | number): string {
  return String(part).padStart(2, '0')
}

function isTitle(field: string): boolean {
  return /^"?(domain|name)(_?name)?"?$/i.test(field)
}

export function isHexonetRow(line: string): boolean {
  return /^[^\s,;]+;\s*\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\s*$/.test(line)
}

export function isPoolRow(line: string): boolean {
  const [name = '', at = '', tag, ...others] = line.split(',').map((field) => field.trim())
  return name !== '' && !/[\s;]/.test(name) && usTime.test(at) && tag !== undefined && others.length === 0
}
