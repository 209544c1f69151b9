import { expect, test } from 'vitest'
import { monthOf, periodOf } from '../src/format/period.ts'
import { instantOfUtc, relativeText, twoClocks, twoClocksOfRange, typedUtc } from '../src/format/time.ts'

const noon = '2026-02-15T12:00:00.250Z'

test('a time has its zone in UTC and local time, and its date only where the days differ', () => {
  expect(twoClocks(noon, 'Europe/Warsaw')).toEqual({
    utc: '2026-02-15 12:00:00 UTC',
    local: '13:00:00 Warsaw (UTC+1)',
  })
  expect(twoClocks(noon, 'Pacific/Auckland').local).toBe('2026-02-16 01:00:00 Auckland (UTC+13)')
  expect(twoClocks(noon, 'Asia/Kolkata').local).toBe('17:30:00 Kolkata (UTC+5:30)')
})

test('the offset is that of the shown day: summer time is respected', () => {
  expect(twoClocks('2026-07-15T12:00:00Z', 'Europe/Warsaw').local).toBe('14:00:00 Warsaw (UTC+2)')
})

test('an operator in UTC sees one time', () => {
  expect(twoClocks(noon, 'UTC')).toEqual({ utc: '2026-02-15 12:00:00 UTC', local: undefined })
})

test('milliseconds are shown on request', () => {
  expect(twoClocks(noon, 'UTC', 'milliseconds').utc).toBe('2026-02-15 12:00:00.250 UTC')
})

test('a window over midnight shows both dates', () => {
  const { utc, local } = twoClocksOfRange('2026-02-15T22:30:00Z', '2026-02-15T23:30:00Z', 'Europe/Warsaw')
  expect(utc).toBe('2026-02-15 22:30:00 – 23:30:00 UTC')
  expect(local).toBe('23:30:00 – 2026-02-16 00:30:00 Warsaw (UTC+1)')
})

const text = (to: string) => twoClocksOfRange('2026-02-15T12:00:10Z', to, 'UTC', 'minutes').utc

test('a window of less than two minutes has its seconds, although minutes would do for a longer one', () => {
  expect(text('2026-02-15T12:00:20Z')).toBe('2026-02-15 12:00:10 – 12:00:20 UTC')
  expect(text('2026-02-15T13:00:10Z')).toBe('2026-02-15 12:00 – 13:00 UTC')
})

test('a distance is shown in its two largest units', () => {
  const now = new Date(noon).getTime()
  expect(relativeText('2026-02-15T15:20:10.250Z', now)).toBe('in 3 h 20 min')
  expect(relativeText('2026-02-13T11:00:00.250Z', now)).toBe('2 d 1 h ago')
  expect(relativeText('2026-02-15T12:00:59.250Z', now)).toBe('in 59 s')
  expect(relativeText(noon, now)).toBe('now')
})

test('text typed as UTC is read as UTC, in any time zone of the machine', () => {
  expect(instantOfUtc('2026-02-15T13:00')).toBe('2026-02-15T13:00:00.000Z')
  expect(instantOfUtc('2026-02-15 13:00:07')).toBe('2026-02-15T13:00:07.000Z')
  expect(typedUtc('2026-02-15T13:00:07.000Z')).toBe('2026-02-15 13:00:07')
  expect(instantOfUtc('2026-13-15T13:00')).toBeUndefined()
  expect(instantOfUtc('tomorrow')).toBeUndefined()
})

test('a month is its days in UTC, also across a new year and with a leap day', () => {
  expect(monthOf(Date.parse('2026-11-24T12:00:00Z'))).toEqual({ first: '2026-11-01', last: '2026-11-30' })
  expect(monthOf(Date.parse('2026-01-31T23:59:59Z'), 1)).toEqual({ first: '2025-12-01', last: '2025-12-31' })
  expect(monthOf(Date.parse('2028-03-01T00:00:00Z'), 1)).toEqual({ first: '2028-02-01', last: '2028-02-29' })
})

test('a period ends at midnight after its last day, so that adjacent months neither overlap nor leave a gap', () => {
  expect(periodOf({ first: '2026-11-01', last: '2026-11-30' })).toEqual({
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-12-01T00:00:00.000Z',
  })
  expect(periodOf({ first: '2026-11-02', last: '2026-11-01' })).toBeUndefined()
  expect(periodOf({ first: '', last: '2026-11-01' })).toBeUndefined()
})
