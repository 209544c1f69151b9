import { expect, test } from 'vitest'
import { monthOf, periodOf } from '../src/format/period.ts'

test('a month is its days in UTC, also the one before a new year and a leap day', () => {
  expect(monthOf(Date.parse('2026-11-24T12:00:00Z'))).toEqual({ first: '2026-11-01', last: '2026-11-30' })
  expect(monthOf(Date.parse('2026-01-31T23:59:59Z'), 1)).toEqual({ first: '2025-12-01', last: '2025-12-31' })
  expect(monthOf(Date.parse('2028-03-01T00:00:00Z'), 1)).toEqual({ first: '2028-02-01', last: '2028-02-29' })
})

test('a period ends at the midnight after its last day, so that two months share no instant and miss none', () => {
  expect(periodOf({ first: '2026-11-01', last: '2026-11-30' })).toEqual({
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-12-01T00:00:00.000Z',
  })
  expect(periodOf({ first: '2026-11-02', last: '2026-11-01' })).toBeUndefined()
  expect(periodOf({ first: '', last: '2026-11-01' })).toBeUndefined()
})
