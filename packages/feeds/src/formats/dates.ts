import { instantOf } from '@droplock/rules/schedule/local-time'

/** Whether the text is a real calendar date `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseInstant(`${text}T00:00:00Z`) !== undefined
}

/** An instant written as RFC 3339 in UTC with `Z`; `undefined` where the date or time does not exist. */
export function parseInstant(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/.test(text)) return undefined
  const instant = new Date(text)
  // `Date` turns 30 February into 2 March and 24:00 into the next day.
  const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 19) === text.slice(0, 19)
  return exists ? instant : undefined
}

/** Minutes that are kept; a list has a few days of them. */
const MINUTES_KEPT_MAX = 10_000

/**
 * Reads local times of an IANA zone: `(date, time)` as `YYYY-MM-DD` and `HH:MM:SS`, `undefined` where they do not exist in the
 * calendar. A calendar is asked once per minute of the list: asking it for each of a million rows takes a minute. No zone changes its
 * clocks within a minute.
 */
export function createLocalTimes(timeZone: string): (date: string, time: string) => Date | undefined {
  const minutes = new Map<string, number>()
  const startOf = (date: string, minute: string) => {
    const key = `${date} ${minute}`
    const known = minutes.get(key)
    if (known !== undefined) return known
    if (minutes.size === MINUTES_KEPT_MAX) minutes.clear()
    const start = instantOf(date, minute, timeZone).getTime()
    minutes.set(key, start)
    return start
  }
  return (date, time) => {
    // The same date and time in UTC exist exactly if they do here.
    if (parseInstant(`${date}T${time}Z`) === undefined || time.length !== 8) return undefined
    return new Date(startOf(date, time.slice(0, 5)) + Number(time.slice(6)) * 1_000)
  }
}

/**
 * What registries write behind a time, as offsets from UTC in minutes. Only abbreviations that mean one thing: an abbreviation such
 * as `IST` or `CST` is used for several.
 */
export const offsetsByAbbreviation: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  MET: 60,
  CEST: 120,
  MEST: 120,
  EET: 120,
  EEST: 180,
}
