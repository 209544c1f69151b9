import { expect, test } from 'vitest'
import { lastDropDate } from '../../src/schedule/calendar.ts'

test('a drop may lie 60 days ahead, across the end of a year and through February', () => {
  expect(lastDropDate('2026-12-01')).toBe('2027-01-30')
  expect(lastDropDate('2028-01-31')).toBe('2028-03-31')
})
