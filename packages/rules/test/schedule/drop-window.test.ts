import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lastDropDate } from '../../src/schedule/calendar.ts'
import {
  cutoffAt,
  type DropRule,
  dropDayOf,
  dropWindow,
  followingWindow,
} from '../../src/schedule/drop-window.ts'

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

const at = (from: string, to: string) => ({ dropFrom: new Date(from), dropTo: new Date(to) })

describe('two batches a day', () => {
  const italian: DropRule = {
    timeZone: 'Europe/Rome',
    startsAt: '09:00',
    alsoAt: ['16:00'],
    lastsSeconds: 1_800,
    earlySeconds: 0,
    lateSeconds: 60,
  }
  const before = new Date('2026-01-01T00:00:00Z')
  const morning = at('2026-01-15T08:00:00Z', '2026-01-15T08:30:00Z')
  const afternoon = at('2026-01-15T15:00:00Z', '2026-01-15T15:30:00Z')

  test('a name with only a date may be in any of them', () => {
    expect(dropWindow(italian, { dropDate: '2026-01-15' })).toEqual(
      at('2026-01-15T08:00:00Z', '2026-01-15T15:30:00Z'),
    )
  })

  test('a skipped batch is followed by the next one, that of the evening by the next morning', () => {
    expect(followingWindow(italian, morning, before)).toEqual(afternoon)
    expect(followingWindow(italian, afternoon, before)).toEqual(
      at('2026-01-16T08:00:00Z', '2026-01-16T08:30:00Z'),
    )
  })

  test('an exact time in a batch keeps its place in the next one', () => {
    const exact = at('2026-01-15T08:10:00Z', '2026-01-15T08:11:00Z')
    expect(followingWindow(italian, exact, before)).toEqual(
      at('2026-01-15T15:10:00Z', '2026-01-15T15:11:00Z'),
    )
  })

  test('a window of the whole day moves by a day', () => {
    const day = dropWindow(italian, { dropDate: '2026-01-15' })
    expect(followingWindow(italian, day, before)).toEqual(at('2026-01-16T08:00:00Z', '2026-01-16T15:30:00Z'))
  })
})

describe('a skipped day', () => {
  const daily: DropRule = {
    timeZone: 'America/New_York',
    startsAt: '14:00',
    lastsSeconds: 3_600,
    earlySeconds: 0,
    lateSeconds: 60,
  }
  const window = dropWindow(daily, { dropDate: '2026-03-07' })

  test('is followed by the same local time of the next day, also where the clocks change', () => {
    expect(window.dropFrom).toEqual(new Date('2026-03-07T19:00:00Z'))
    expect(followingWindow(daily, window, window.dropFrom).dropFrom).toEqual(new Date('2026-03-08T18:00:00Z'))
  })

  test('several of them are followed by the first window that is not past', () => {
    const now = new Date('2026-03-10T19:30:00Z')
    expect(followingWindow(daily, window, now)).toEqual({
      dropFrom: new Date('2026-03-11T18:00:00Z'),
      dropTo: new Date('2026-03-11T19:00:00Z'),
    })
  })

  test('what a list said is found from the window and the rule that made it', () => {
    const later = { ...daily, startsAt: '15:00', lateSeconds: 120 }
    expect(dropDayOf([later, daily], window)).toEqual({ dropDate: '2026-03-07' })
    const purgeAt = new Date('2026-03-07T12:00:00Z')
    const exact = dropWindow(daily, { dropDate: '2026-03-07', purgeAt })
    expect(dropDayOf([later, daily], exact)).toEqual({ dropDate: '2026-03-07', purgeAt })
    const other = { dropFrom: purgeAt, dropTo: new Date('2026-03-07T12:07:00Z') }
    expect(dropDayOf([later, daily], other)).toBeUndefined()
  })
})
