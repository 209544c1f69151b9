import { Temporal } from 'temporal-polyfill'

/** The same time of day so many years later, in UTC; the 29th of February becomes the 28th where there is none. */
export function addYears(instant: Date, years: number): Date {
  const later = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO('UTC')
    .add({ years })
  return new Date(later.epochMilliseconds)
}
