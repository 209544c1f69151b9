import { YEAR_MAX, YEAR_MIN } from '@droplock/rules/schedule/calendar'
import { z } from '@hono/zod-openapi'

/**
 * Without the C0 controls but tab and line breaks (see `isWellFormed`), in a form that means the same with the flag `u` and
 * without: clients are generated from the document, which has no place for flags. `requireWellFormed` refuses before this.
 */
// oxlint-disable-next-line no-control-regex
const wellFormed = /^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$/

/** Free text of a caller with at most so many characters. */
export const text = (charactersMax: number) =>
  z.string().max(charactersMax).regex(wellFormed, 'text without control characters')

/**
 * A time: ISO-8601 in UTC with milliseconds. A year with more or fewer than four digits is written as the nearest with four: no
 * table should contain one, but an odd row must not make a page, or the answer to an order, fail.
 */
export const Time = z
  .string()
  .overwrite(withFourDigits)
  .check(z.iso.datetime({ precision: 3 }))
  .openapi({ example: '2026-02-15T13:00:00.000Z' })

/** `Date` writes a year beyond 9999 as `+010000`, and one before 0 as `-000001`. */
function withFourDigits(time: string): string {
  if (time.startsWith('+')) return '9999-12-31T23:59:59.999Z'
  return time.startsWith('-') ? '0000-01-01T00:00:00.000Z' : time
}

/** `isInCalendar` for a text. A test compares the two. */
const yearInCalendar = /^(?:19[7-9]\d|20\d\d)-/
const otherYear = `a year from ${YEAR_MIN} to ${YEAR_MAX}`

/** A time as a caller writes it: ISO-8601 in UTC, with or without milliseconds. */
export const TimeInput = z.iso
  .datetime()
  .regex(yearInCalendar, otherYear)
  .transform((time) => new Date(time))
  .openapi({
    type: 'string',
    format: 'date-time',
    pattern: yearInCalendar.source,
    example: '2026-02-15T13:00:00.000Z',
  })

/** A date as a caller writes it: ISO-8601. */
export const DateInput = z.iso.date().regex(yearInCalendar, otherYear).openapi({ example: '2026-02-15' })

export const Id = z.uuid().openapi({ example: '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44' })

/** A name as the service writes it: A-labels, lower case, no trailing dot. */
export const DomainName = z.string().openapi({ description: 'A-labels, lower case', example: 'example.com' })

/**
 * The one form of money on the wire. Minor units as a whole number, so nothing is rounded; JSON numbers are exact up to
 * 2^53 − 1, and `z.int()` refuses more.
 */
export const Money = z
  .object({
    amount_minor: z.int().openapi({ description: 'In minor units: 1250 of USD is 12.50', example: 1250 }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .openapi({ description: 'ISO 4217', example: 'USD' }),
  })
  .openapi('Money')

/** A name as a caller writes it. It is checked by the handlers, which refuse an invalid one as `invalid_name`. */
export const NameInput = text(255).min(1).openapi({
  description: 'A domain name, as A-labels or in Unicode, in upper or lower case',
  example: 'example.com',
})
