import { expect, test } from 'vitest'
import { instantOfUtc, relativeText, twoClocks, twoClocksOfRange, typedUtc } from '../src/format/time.ts'

const noon = '2026-02-15T12:00:00.250Z'

test('a time carries its zone on both clocks, and its date only where the days differ', () => {
  expect(twoClocks(noon, 'Europe/Warsaw')).toEqual({
    utc: '2026-02-15 12:00:00 UTC',
    local: '13:00:00 Warsaw (UTC+1)',
  })
  expect(twoClocks(noon, 'Pacific/Auckland').local).toBe('2026-02-16 01:00:00 Auckland (UTC+13)')
  expect(twoClocks(noon, 'Asia/Kolkata').local).toBe('17:30:00 Kolkata (UTC+5:30)')
})

test('the offset is that of the day, not of now: summer time is told', () => {
  expect(twoClocks('2026-07-15T12:00:00Z', 'Europe/Warsaw').local).toBe('14:00:00 Warsaw (UTC+2)')
})

test('an operator whose clock is UTC sees one clock', () => {
  expect(twoClocks(noon, 'UTC')).toEqual({ utc: '2026-02-15 12:00:00 UTC', local: undefined })
})

test('milliseconds are told where they are asked for', () => {
  expect(twoClocks(noon, 'UTC', 'milliseconds').utc).toBe('2026-02-15 12:00:00.250 UTC')
})

test('a window over midnight shows both dates', () => {
  const { utc, local } = twoClocksOfRange('2026-02-15T22:30:00Z', '2026-02-15T23:30:00Z', 'Europe/Warsaw')
  expect(utc).toBe('2026-02-15 22:30:00 – 23:30:00 UTC')
  expect(local).toBe('23:30:00 – 2026-02-16 00:30:00 Warsaw (UTC+1)')
})

test('a distance is told in its two largest units', () => {
  const now = new Date(noon).getTime()
  expect(relativeText('2026-02-15T15:20:10.250Z', now)).toBe('in 3 h 20 min')
  expect(relativeText('2026-02-13T11:00:00.250Z', now)).toBe('2 d 1 h ago')
  expect(relativeText('2026-02-15T12:00:59.250Z', now)).toBe('in 59 s')
  expect(relativeText(noon, now)).toBe('now')
})

test('what is typed as UTC is read as UTC, whatever the zone of the machine', () => {
  expect(instantOfUtc('2026-02-15T13:00')).toBe('2026-02-15T13:00:00.000Z')
  expect(instantOfUtc('2026-02-15 13:00:07')).toBe('2026-02-15T13:00:07.000Z')
  expect(typedUtc('2026-02-15T13:00:07.000Z')).toBe('2026-02-15 13:00:07')
  expect(instantOfUtc('2026-13-15T13:00')).toBeUndefined()
  expect(instantOfUtc('tomorrow')).toBeUndefined()
})
