import { describe, expect, test } from 'vitest'
import { type ListExpectation, lateSince } from '../../src/schedule/list-lateness.ts'

const daily: ListExpectation = {
  timeZone: 'Europe/Warsaw',
  expectedBy: '09:30',
  lateAllowanceSeconds: 1_800,
  lateAfterSeconds: null,
}

/** Since when it is late, as text. In February Warsaw is an hour before UTC: a list is due at 08:30 and late at 09:00 UTC. */
const since = (expected: ListExpectation, listAt: string, now: string) =>
  lateSince(expected, new Date(listAt), new Date(now))?.toISOString()

describe('a source with a time of day', () => {
  test.each([
    ['before the time, with a list of yesterday', '2026-02-09T08:00:00Z', '2026-02-10T08:59:59Z', undefined],
    [
      'at the time and its allowance',
      '2026-02-09T08:00:00Z',
      '2026-02-10T09:00:00Z',
      '2026-02-10T09:00:00.000Z',
    ],
    ['with a list of this morning', '2026-02-10T07:00:00Z', '2026-02-10T12:00:00Z', undefined],
    ['with a list that came late', '2026-02-10T10:00:00Z', '2026-02-10T12:00:00Z', undefined],
    // Midnight in Warsaw is 23:00 UTC.
    [
      'with a list of the last minute of yesterday',
      '2026-02-09T22:59:00Z',
      '2026-02-10T12:00:00Z',
      '2026-02-10T09:00:00.000Z',
    ],
    ['with a list of the first minute of today', '2026-02-09T23:00:00Z', '2026-02-10T12:00:00Z', undefined],
    [
      'in the night after a day without a list',
      '2026-02-09T08:00:00Z',
      '2026-02-11T02:00:00Z',
      '2026-02-10T09:00:00.000Z',
    ],
    [
      'after two days without a list',
      '2026-02-08T08:00:00Z',
      '2026-02-10T12:00:00Z',
      '2026-02-10T09:00:00.000Z',
    ],
    [
      'in summer, an hour earlier by UTC',
      '2026-07-09T08:00:00Z',
      '2026-07-10T08:00:00Z',
      '2026-07-10T08:00:00.000Z',
    ],
  ])('%s', (_when, listAt, now, late) => {
    expect(since(daily, listAt, now)).toBe(late)
  })

  test('whose allowance leads over midnight is late on the next day, for the day before', () => {
    const evening = { ...daily, timeZone: 'UTC', expectedBy: '23:00', lateAllowanceSeconds: 7_200 }
    expect(since(evening, '2026-02-07T22:00:00Z', '2026-02-10T00:59:00Z')).toBe('2026-02-09T01:00:00.000Z')
    expect(since(evening, '2026-02-09T22:00:00Z', '2026-02-10T01:00:00Z')).toBeUndefined()
    expect(since(evening, '2026-02-08T22:00:00Z', '2026-02-10T01:00:00Z')).toBe('2026-02-10T01:00:00.000Z')
  })
})

test('a source is late when its last list is too old, also without a time of day', () => {
  const hourly = { ...daily, expectedBy: null, lateAfterSeconds: 3_600 }
  expect(since(hourly, '2026-02-10T08:00:00Z', '2026-02-10T08:59:59Z')).toBeUndefined()
  expect(since(hourly, '2026-02-10T08:00:00Z', '2026-02-10T09:00:00Z')).toBe('2026-02-10T09:00:00.000Z')
})

test('of two reasons the earlier one counts; without any a source is never late', () => {
  const both = { ...daily, lateAfterSeconds: 3_600 }
  expect(since(both, '2026-02-09T08:00:00Z', '2026-02-10T12:00:00Z')).toBe('2026-02-09T09:00:00.000Z')
  const never = { ...daily, expectedBy: null }
  expect(since(never, '2020-01-01T00:00:00Z', '2026-02-10T12:00:00Z')).toBeUndefined()
})
