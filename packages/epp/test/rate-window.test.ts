import { lastingRate } from '@droplock/rules/drop/capacity'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Permit, Rates, RateWindow } from '../src/pool/limits.ts'
import { fakeClock } from './support/fake-clock.ts'

/** The most commands that the registry counted in any second that begins with a command. */
function mostInOneSecond(countedAtMs: readonly number[]): number {
  return Math.max(
    0,
    ...countedAtMs.map(
      (startMs) => countedAtMs.filter((atMs) => atMs >= startMs && atMs < startMs + 1000).length,
    ),
  )
}

const step = fc.record({
  waitMs: fc.integer({ min: 0, max: 120 }),
  /** How long the slot was held before use; one in ten is given back unused. */
  heldMs: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 2_500 })),
  unused: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  isSpaced: fc.boolean(),
  /** When the registry counts it after sending, and how long until the answer; some are never answered. */
  transitMs: fc.integer({ min: 0, max: 250 }),
  answerMs: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constant(Infinity)),
})

test('no registry second holds more commands than allowed, whatever the network does within its bound', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.array(step, { minLength: 30, maxLength: 120 }),
      (max, steps) => {
        const clock = fakeClock()
        const window = new RateWindow(max, 250, () => clock.nowMs())
        const counted: number[] = []
        const use = (permit: Permit, { transitMs, answerMs }: (typeof steps)[number]) => {
          permit.sent()
          const seenMs = Math.min(transitMs, answerMs)
          clock.after(seenMs, () => counted.push(clock.nowMs()))
          if (answerMs < Infinity) clock.after(answerMs, () => permit.answered())
        }
        for (const one of steps) {
          clock.advance(one.waitMs)
          const permit = window.take(one.isSpaced ? 'even' : 'none')
          if (permit === undefined) continue
          clock.after(one.heldMs, () => (one.unused ? permit.giveBack() : use(permit, one)))
        }
        clock.advance(10_000)
        expect(mostInOneSecond(counted)).toBeLessThanOrEqual(max)
      },
    ),
    { numRuns: 300 },
  )
})

test('a steady user gets the whole rate except for one round trip a second, evenly spaced', () => {
  const clock = fakeClock()
  const window = new RateWindow(10, 250, () => clock.nowMs())
  const sentAtMs: number[] = []
  for (let tick = 0; tick < 10_000; tick += 1) {
    clock.advance(1)
    const permit = window.take()
    if (permit === undefined) continue
    permit.sent()
    sentAtMs.push(clock.nowMs())
    clock.after(20, () => permit.answered())
  }
  expect(sentAtMs.length).toBeGreaterThanOrEqual(96)
  const gaps = sentAtMs.slice(1).map((atMs, index) => atMs - (sentAtMs[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100)
})

test('a permit that is given back makes room at once', () => {
  const clock = fakeClock()
  const window = new RateWindow(1, 250, () => clock.nowMs())
  const first = window.take()
  expect(window.take()).toBeUndefined()
  expect(window.nextAtMs()).toBe(Infinity)
  first?.giveBack()
  const second = window.take()
  expect(second).toBeDefined()
  first?.giveBack()
  expect(window.take()).toBeUndefined()
})

test('after a takeover the first command waits until the predecessor’s last second is over', () => {
  const clock = fakeClock()
  const window = new RateWindow(5, 250, () => clock.nowMs())
  window.assumeUsed()
  clock.advance(1_249)
  expect(window.take()).toBeUndefined()
  clock.advance(1)
  expect(window.take()).toBeDefined()
})

test('without spacing the whole window may be used at once, and what is left is known', () => {
  const clock = fakeClock()
  const window = new RateWindow(10, 250, () => clock.nowMs())
  expect(window.left()).toBe(10)
  const permits = Array.from({ length: 11 }, () => window.take('none'))
  expect(permits.filter((permit) => permit !== undefined)).toHaveLength(10)
  expect(window.left()).toBe(0)
  for (const permit of permits) permit?.sent()
  for (const permit of permits) permit?.answered()
  clock.advance(999)
  expect(window.take('none')).toBeUndefined()
  clock.advance(1)
  expect(window.left()).toBe(10)
  window.assumeUsed()
  expect(window.left()).toBe(0)
})

test('of a limit by the second and one by the minute the one that is nearer counts', () => {
  const clock = fakeClock()
  const nowMs = () => clock.nowMs()
  const rates = new Rates([new RateWindow(10, 250, nowMs), new RateWindow(40, 250, nowMs, 60_000)], nowMs)
  expect(rates.shareLeft()).toBe(1)
  for (let taken = 0; taken < 5; taken += 1) rates.take('none')?.sent()
  expect(rates.shareLeft()).toBe(0.5)
  clock.advance(2_000)
  expect(rates.shareLeft()).toBe(35 / 40)
  expect(lastingRate({ commandsPerSecondMax: 10, commandsPerMinuteMax: 120 })).toBe(2)
  expect(lastingRate({ commandsPerSecondMax: 10 })).toBe(10)
})
