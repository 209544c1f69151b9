import { describe, expect, test } from 'vitest'
import {
  type BatchName,
  type DriftBounds,
  followDrift,
  measureDrift,
  type WindowShift,
} from '../../src/schedule/drift.ts'

const START = Date.UTC(2026, 10, 28, 14)
const minutes = (count: number) => new Date(START + Math.round(60_000 * count))
const terms = { earlySeconds: 60, lateSeconds: 300 }
const bounds: DriftBounds = { earlierSecondsMax: 900, laterSecondsMax: 3_600 }
const unmoved: WindowShift = { fromSeconds: 0, toSeconds: 0 }

/** A name with an exact purge time so many minutes after the start. */
const exact = (at: number, rest: Partial<BatchName> = {}): BatchName => ({
  dropFrom: minutes(at - 1),
  dropTo: minutes(at + 5),
  isRegistered: false,
  ...rest,
})

/** A name of a batch of an hour. */
const daily = (rest: Partial<BatchName> = {}): BatchName => ({
  dropFrom: minutes(0),
  dropTo: minutes(60),
  isRegistered: false,
  ...rest,
})

const count = (length: number) => Array.from({ length }, (_, index) => index)

const early = (by: number) => count(3).map((index) => exact(10 * index, { wentAt: minutes(10 * index - by) }))

const late = (length: number) => count(length).map((index) => exact(index, { wentAt: minutes(index + 25) }))

const follow = (names: readonly BatchName[], at: number, inForce = unmoved) =>
  followDrift(names, terms, bounds, inForce, minutes(at))

describe('how far a batch is from its schedule', () => {
  test('names with an exact time are compared with it', () => {
    const names = [-2, 0, 1, 3, 9].map((by, index) => exact(10 * index, { wentAt: minutes(10 * index + by) }))
    expect(measureDrift(names, terms)).toEqual({
      observed: 5,
      median: 60,
      spread: 660,
      earliest: -120,
      latest: 540,
    })
  })

  test('names of a batch are expected evenly through it, in the order in which they went', () => {
    const names = count(60).map((index) => daily({ wentAt: minutes(index + 0.5 + 25) }))
    expect(measureDrift(names, terms)).toMatchObject({ median: 1_500, spread: 0 })
  })

  test('of a batch that is half over, the names that are still registered are expected later', () => {
    const gone = count(30).map((index) => daily({ wentAt: minutes(index + 0.5) }))
    const waiting = count(30).map(() => daily({ isRegistered: true }))
    expect(measureDrift([...gone, ...waiting], terms)).toMatchObject({ median: 0, spread: 0 })
  })

  test('without an observed name nothing is said', () => {
    expect(measureDrift([daily({ isRegistered: true })], terms)).toMatchObject({ observed: 0, median: null })
  })
})

describe('how submission windows follow', () => {
  test('a batch on time moves nothing', () => {
    const names = count(60).map((index) =>
      index < 30 ? daily({ wentAt: minutes(index) }) : daily({ isRegistered: true }),
    )
    expect(follow(names, 30)).toEqual({ shift: unmoved, beyond: false })
  })

  test('windows stay open while names are still registered, up to the bound', () => {
    const names = count(60).map(() => daily({ isRegistered: true }))
    const shifts = [57, 59, 70, 84, 115, 125].map((at) => follow(names, at).shift.toSeconds / 60)
    expect(shifts).toEqual([0, 5, 15, 30, 60, 60])
  })

  test('beyond the bound it is said', () => {
    const names = count(60).map(() => daily({ isRegistered: true }))
    expect([119, 121].map((at) => follow(names, at).beyond)).toEqual([false, true])
  })

  test('what half a round trip or a date in whole seconds may have added is not beyond', () => {
    const none: DriftBounds = { earlierSecondsMax: 0, laterSecondsMax: 0 }
    const beyond = (by: number) => {
      const names = [daily({ wentAt: minutes(-by) }), daily({ wentAt: minutes(60 + by) })]
      return followDrift(names, terms, none, unmoved, minutes(61)).beyond
    }
    expect([0.012 / 60, 1 / 60, 1.1 / 60].map(beyond)).toEqual([false, false, true])
  })

  test('a single name that stays says nothing about a batch', () => {
    const names = [
      ...count(60).map((index) => daily({ wentAt: minutes(index) })),
      daily({ isRegistered: true }),
    ]
    expect(follow(names, 125).beyond).toBe(false)
  })

  test('what is not known to be registered keeps no window open', () => {
    expect(follow([daily(), daily()], 70).shift).toEqual(unmoved)
  })

  test('starts move earlier as soon as a few names went before their windows, within the bound', () => {
    expect(follow(early(4), 21).shift.fromSeconds).toBe(-225)
    expect(follow(early(60), 21).shift.fromSeconds).toBe(-900)
    expect(follow(early(4).slice(1), 21).shift.fromSeconds).toBe(0)
  })

  test('starts move later only where the last names all were late, and by less than the least of them', () => {
    expect(follow(late(9), 40).shift.fromSeconds).toBe(0)
    expect(follow(late(12), 40).shift).toEqual({ fromSeconds: 1_200, toSeconds: 1_500 })
    const oneOnTime = [...late(12), exact(15, { wentAt: minutes(37) })]
    expect(follow(oneOnTime, 40).shift.fromSeconds).toBe(1_200)
    const caughtUp = [...late(12), exact(36, { wentAt: minutes(37) })]
    expect(follow(caughtUp, 40).shift.fromSeconds).toBe(0)
  })

  test('an end that was moved does not shrink by one step', () => {
    const names = count(12).map((index) => exact(index, { wentAt: minutes(index + 8) }))
    expect(follow(names, 20).shift.toSeconds).toBe(300)
    expect(follow(names, 20, { fromSeconds: 0, toSeconds: 600 }).shift.toSeconds).toBe(600)
    expect(follow(names, 20, { fromSeconds: 0, toSeconds: 900 }).shift.toSeconds).toBe(300)
  })

  test('where the policy lets nothing move, nothing moves', () => {
    const none = { earlierSecondsMax: 0, laterSecondsMax: 0 }
    const names = count(12).map((index) => exact(index, { wentAt: minutes(index + 25) }))
    expect(followDrift(names, terms, none, unmoved, minutes(40)).shift).toEqual(unmoved)
  })
})
