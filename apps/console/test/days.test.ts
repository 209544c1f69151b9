import { expect, test } from 'vitest'
import { addDays, addMonths, isDay, mondayOf, weekOf, weeksOfMonth } from '../src/format/days.ts'

test('days and months are added over the ends of months and years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
})

test('weeks begin on Monday, and a month has every week with a day of it', () => {
  expect(mondayOf('2026-11-29')).toBe('2026-11-23')
  expect(mondayOf('2026-11-23')).toBe('2026-11-23')
  expect(weekOf('2026-11-29').at(-1)).toBe('2026-11-29')
  const weeks = weeksOfMonth('2026-11-29')
  expect(weeks.length).toBe(6)
  expect([weeks[0]?.[0], weeks.at(-1)?.at(-1)]).toEqual(['2026-10-26', '2026-12-06'])
  expect(weeksOfMonth('2027-02-10').length).toBe(4)
})

test('what is no day of the calendar is none', () => {
  expect(['2026-02-28', '2026-02-30', '2026-2-1', 'today', ''].map(isDay)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})
