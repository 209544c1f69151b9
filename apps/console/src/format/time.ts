import { units } from './duration.ts'
/** How exactly a time is shown. */
export type Precision = 'minutes' | 'seconds' | 'milliseconds'

/** A time in UTC and in the operator's time zone. Both name their zone. */
export type TwoClocks = { readonly utc: string; readonly local: string | undefined }

/**
 * `2026-02-15 13:00:00 UTC`, and in the operator's time zone `14:00:00 Warsaw (UTC+1)`, with the date where it differs.
 * For an operator in UTC there is no local time.
 */
export function twoClocks(instant: string, zone: string, precision: Precision = 'seconds'): TwoClocks {
  const utc = wallClock(instant, 'UTC', precision)
  const own = wallClock(instant, zone, precision)
  const text = `${utc.date} ${utc.time} UTC`
  if (isUtc(zone)) return { utc: text, local: undefined }
  return {
    utc: text,
    local: `${sameDay(own, utc) ? '' : `${own.date} `}${own.time} ${zoneText(instant, zone)}`,
  }
}

/** To the minute, the ends of a shorter window would look alike. */
const SHORT_MS = 120_000

/** The same for a window: `2026-02-15 13:00:00 – 14:00:00 UTC`. */
export function twoClocksOfRange(
  from: string,
  to: string,
  zone: string,
  wanted: Precision = 'seconds',
): TwoClocks {
  const isShort = Date.parse(to) - Date.parse(from) < SHORT_MS
  const precision = wanted === 'minutes' && isShort ? 'seconds' : wanted
  const range = (of: string, base?: WallClock) => {
    const [start, end] = [wallClock(from, of, precision), wallClock(to, of, precision)]
    const first = base !== undefined && sameDay(start, base) ? start.time : `${start.date} ${start.time}`
    return `${first} – ${sameDay(start, end) ? end.time : `${end.date} ${end.time}`}`
  }
  const utc = `${range('UTC')} UTC`
  if (isUtc(zone)) return { utc, local: undefined }
  return { utc, local: `${range(zone, wallClock(from, 'UTC', precision))} ${zoneText(from, zone)}` }
}

/** `in 3 h 20 min`, `2 min ago`, `now`: the two largest units. */
export function relativeText(instant: string, nowMs: number): string {
  const distanceMs = new Date(instant).getTime() - nowMs
  const text = durationText(Math.abs(distanceMs))
  if (text === undefined) return 'now'
  return distanceMs > 0 ? `in ${text}` : `${text} ago`
}

/** `3 h 20 min`: the time since an instant. */
export function ageText(since: string, nowMs: number): string {
  return durationText(Math.max(0, nowMs - new Date(since).getTime())) ?? 'under a second'
}

/** The ISO instant of `2026-02-15 13:00:00`, typed as UTC, also with a `T` or without seconds; `undefined` for other text. */
export function instantOfUtc(typed: string): string | undefined {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)Z?$/.exec(typed.trim()) ?? []
  const instant = new Date(`${date}T${time}Z`)
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString()
}

/** `2026-02-15 13:00:00`: the text of a field for a time in UTC. */
export function typedUtc(instant: string): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ')
}

/** `Warsaw (UTC+1)`: the name alone does not show summer time, the offset alone does not show the place. */
export function zoneText(instant: string, zone: string): string {
  const place = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
  const part = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(new Date(instant))
    .find(({ type }) => type === 'timeZoneName')
  return `${place} (${(part?.value ?? '').replace('GMT', 'UTC')})`
}

/** `14:00:00` in the time zone. */
export function wallTime(instant: string, zone: string, precision: Precision = 'seconds'): string {
  return wallClock(instant, zone, precision).time
}

type WallClock = { readonly date: string; readonly time: string }

const digits: Readonly<Record<Precision, Intl.DateTimeFormatOptions>> = {
  minutes: {},
  seconds: { second: '2-digit' },
  milliseconds: { second: '2-digit', fractionalSecondDigits: 3 },
}

function wallClock(instant: string, timeZone: string, precision: Precision): WallClock {
  const at = new Date(instant)
  // The Swedish format is ISO 8601, except for its decimal comma.
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)
  const options = {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...digits[precision],
  } as const
  return { date, time: new Intl.DateTimeFormat('sv-SE', options).format(at).replace(',', '.') }
}

function sameDay(one: WallClock, other: WallClock): boolean {
  return one.date === other.date
}

function isUtc(zone: string): boolean {
  return ['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT'].includes(zone)
}

function durationText(durationMs: number): string | undefined {
  const seconds = Math.floor(durationMs / 1_000)
  const first = units.findIndex(([, size]) => seconds >= size)
  if (first === -1) return undefined
  const largest = units.slice(first, first + 2)
  const parts = largest.map(([unit, size], index) => {
    const above = index === 0 ? Number.POSITIVE_INFINITY : (largest[0]?.[1] ?? 1)
    return [Math.floor((seconds % above) / size), unit] as const
  })
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}
