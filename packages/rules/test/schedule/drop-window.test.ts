import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lastDropDate } from '../../src/schedule/calendar.ts'
import { cutoffAt, type DropRule, dropWindow } from '../../src/schedule/drop-window.ts'

const rule: DropRule = {
  timeZone: 'America/New_York',
  startsAt: '14:00',
  lastsSeconds: 3_600,
  earlySeconds: 5,
  lateSeconds: 60,
}
const windowOf = (changes: Partial<DropRule>, dropDate: string) => {
  const { dropFrom, dropTo } = dropWindow({ ...rule, ...changes }, { dropDate })
  return [dropFrom.toISOString(), dropTo.toISOString()]
}

test('a purge time gives a window around it, whatever the daily batch', () => {
  const purgeAt = new Date('2026-03-01T12:34:56.789Z')
  expect(dropWindow(rule, { purgeAt, dropDate: '2026-03-01' })).toEqual({
    dropFrom: new Date('2026-03-01T12:34:51.789Z'),
    dropTo: new Date('2026-03-01T12:35:56.789Z'),
  })
})

describe('a date alone gives the daily batch in local time', () => {
  test.each([
    ['in winter', '2026-01-15', '2026-01-15T19:00:00.000Z'],
    ['in summer, an hour sooner by UTC', '2026-07-15', '2026-07-15T18:00:00.000Z'],
  ])('%s', (_, date, from) => {
    expect(windowOf({}, date)[0]).toBe(from)
  })

  test('the day is the local one, also where it is another in UTC', () => {
    expect(windowOf({ timeZone: 'Pacific/Auckland', startsAt: '09:00' }, '2026-07-01')[0]).toBe(
      '2026-06-30T21:00:00.000Z',
    )
  })

  test('seconds count', () => {
    expect(windowOf({ timeZone: 'UTC', startsAt: '04:00:01' }, '2026-07-01')).toEqual([
      '2026-07-01T04:00:01.000Z',
      '2026-07-01T05:00:01.000Z',
    ])
  })

  test('a start that summer time skips moves later', () => {
    expect(windowOf({ timeZone: 'Europe/Warsaw', startsAt: '02:30' }, '2026-03-29')).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-29T02:30:00.000Z',
    ])
  })

  test('a start that comes twice is the first', () => {
    expect(windowOf({ timeZone: 'Europe/Warsaw', startsAt: '02:30' }, '2026-10-25')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ])
  })

  test('a batch across the time change has the same length', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25', '2026-06-01'),
        fc.constantFrom('00:00', '01:59:59', '02:00', '03:00', '23:59'),
        fc.integer({ min: 1, max: 86_400 }),
        (dropDate, startsAt, lastsSeconds) => {
          const window = dropWindow(
            { ...rule, timeZone: 'Europe/Warsaw', startsAt, lastsSeconds },
            { dropDate },
          )
          expect(window.dropTo.getTime() - window.dropFrom.getTime()).toBe(lastsSeconds * 1_000)
        },
      ),
    )
  })
})

test('a malformed date, time or zone is an error, never another day', () => {
  expect(() => windowOf({}, '2026-02-30')).toThrow(RangeError)
  expect(() => windowOf({}, 'tomorrow')).toThrow(RangeError)
  expect(() => windowOf({ startsAt: '25:00' }, '2026-02-01')).toThrow(RangeError)
  expect(() => windowOf({ timeZone: 'Mars/Olympus' }, '2026-02-01')).toThrow(RangeError)
})

test('orders close by the lead time before the window begins', () => {
  const window = dropWindow(rule, { dropDate: '2026-01-15' })
  expect(cutoffAt(window, 14_400)).toEqual(new Date('2026-01-15T15:00:00Z'))
  expect(cutoffAt(window, 0)).toEqual(window.dropFrom)
})

test('a drop may lie 60 days ahead, across the end of a year and through February', () => {
  expect(lastDropDate('2026-12-01')).toBe('2027-01-30')
  expect(lastDropDate('2028-01-31')).toBe('2028-03-31')
})
