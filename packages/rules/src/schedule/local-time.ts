import { Temporal } from 'temporal-polyfill'

/**
 * The instant at which clocks of an IANA zone show `time` (`HH:MM[:SS]`) on `date` (`YYYY-MM-DD`). A time that the change to summer
 * time skips is later by the gap; of a time that occurs twice it is the first. Throws RangeError on a malformed date, time or zone.
 */
export function instantOf(date: string, time: string, timeZone: string): Date {
  const local = Temporal.PlainDate.from(date).toZonedDateTime({
    timeZone,
    plainTime: Temporal.PlainTime.from(time),
  })
  return new Date(local.epochMilliseconds)
}

/** The calendar date, `YYYY-MM-DD`, that an IANA zone has at `instant`. Throws RangeError on an unknown zone. */
export function dateIn(timeZone: string, instant: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()
}

/** Whether the text names an IANA time zone. */
export function isTimeZone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text)
    // An offset such as +02:00 is accepted there, and is no zone: it has no summer time.
    return !/^[+-]/.test(text)
  } catch {
    return false
  }
}

/** The calendar date after `date`, both `YYYY-MM-DD`. Throws RangeError on a malformed date. */
export function nextDate(date: string): string {
  return Temporal.PlainDate.from(date).add({ days: 1 }).toString()
}

export function addSeconds(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1_000)
}

/** The same time of day `years` later, in UTC; 29 February becomes 28 February where the year has none. */
export function addYears(instant: Date, years: number): Date {
  const later = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO('UTC')
    .add({ years })
  return new Date(later.epochMilliseconds)
}
