import { isInCalendar } from '@droplock/rules/schedule/calendar'
import { describe, expect, test } from 'vitest'
import { DateInput, Money, Time, TimeInput } from '../src/common/primitives.ts'

describe('on the wire', () => {
  test('money is a whole number of minor units that JSON carries exactly', () => {
    expect(Money.safeParse({ amount_minor: -5, currency: 'USD' }).success).toBe(true)
    for (const amount_minor of [12.5, 2 ** 53, '12', Number.NaN]) {
      expect(Money.safeParse({ amount_minor, currency: 'USD' }).success).toBe(false)
    }
    expect(Money.safeParse({ amount_minor: 1, currency: 'usd' }).success).toBe(false)
  })

  test('a time of an odd row is written as the nearest that can be, and takes nothing with it', () => {
    expect(Time.parse(new Date('+010000-01-01T00:00:30Z').toISOString())).toBe('9999-12-31T23:59:59.999Z')
    expect(Time.parse(new Date(-1e14).toISOString())).toBe('0000-01-01T00:00:00.000Z')
    expect(Time.safeParse('rubbish').success).toBe(false)
  })

  test('a time or date of a caller lies in the calendar', () => {
    for (let year = 0; year <= 9_999; year += 1) {
      const date = `${String(year).padStart(4, '0')}-03-01`
      const inside = isInCalendar(new Date(date))
      expect([year, DateInput.safeParse(date).success]).toEqual([year, inside])
      expect([year, TimeInput.safeParse(`${date}T00:00:00Z`).success]).toEqual([year, inside])
    }
    for (const wrong of ['+010000-01-01T00:00:00Z', '-000001-01-01T00:00:00Z', '2026-02-30T00:00:00Z']) {
      expect(TimeInput.safeParse(wrong).success).toBe(false)
    }
  })

  test('a time is UTC with milliseconds', () => {
    expect(Time.safeParse(new Date(0).toISOString()).success).toBe(true)
    expect(Time.safeParse('2026-02-15T13:00:00+01:00').success).toBe(false)
    expect(Time.safeParse('2026-02-15T13:00:00Z').success).toBe(false)
  })
})
