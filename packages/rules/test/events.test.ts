import { expect, test } from 'vitest'
import {
  DELIVERY_RETRY_DAYS,
  DELIVERY_WAIT_DAYS_MAX,
  deliveryPauseMs,
  ENDPOINT_FAILING_DAYS_MAX,
  receiverPauseMs,
} from '../src/events.ts'

const HOUR_MS = 3_600_000
const RETRY_MS = DELIVERY_RETRY_DAYS * 24 * HOUR_MS

/** The times of all attempts that follow a first one at 0, until there is none. Milliseconds. */
function attemptsOf(chance: number): readonly number[] {
  const times = [0]
  for (;;) {
    const atMs = times.at(-1) ?? 0
    const pauseMs = deliveryPauseMs(times.length, atMs, chance)
    if (pauseMs === undefined) return times
    times.push(atMs + pauseMs)
  }
}

test('pauses grow from seconds to hours, and the random part only adds to them', () => {
  expect(deliveryPauseMs(1, 0, 0)).toBe(5_000)
  expect(deliveryPauseMs(2, 0, 0)).toBe(15_000)
  expect(deliveryPauseMs(20, 0, 0)).toBe(12 * HOUR_MS)
  expect(deliveryPauseMs(1, 0, 0.999)).toBeLessThanOrEqual(6_000)
  expect(deliveryPauseMs(1, 0, 0.5)).toBeGreaterThan(5_000)
})

test('the last attempt is three days after the first, whatever chance says, after few of them', () => {
  for (const chance of [0, 0.3, 0.999]) {
    const times = attemptsOf(chance)
    expect(times.at(-1)).toBe(RETRY_MS)
    expect(times.length).toBeGreaterThan(12)
    expect(times.length).toBeLessThan(20)
  }
  expect(deliveryPauseMs(3, RETRY_MS, 0)).toBeUndefined()
})

test('no count of attempts overflows', () => {
  expect(deliveryPauseMs(100_000, 0, 0)).toBe(12 * HOUR_MS)
})

test('a receiver is left alone from its third failure on, for longer the longer it fails, and never for more than six minutes', () => {
  expect([1, 2, 3].map((failures) => receiverPauseMs(failures, 0, 0))).toEqual([0, 0, 5_000])
  expect(receiverPauseMs(9, 60_000, 0)).toBe(15_000)
  expect(receiverPauseMs(900, HOUR_MS, 0)).toBe(300_000)
  expect(receiverPauseMs(900, 100 * HOUR_MS, 0.999)).toBeLessThanOrEqual(360_000)
})

test('an endpoint is disabled after every retry has ended, and before what nobody sends is given up', () => {
  expect(ENDPOINT_FAILING_DAYS_MAX).toBeGreaterThan(DELIVERY_RETRY_DAYS)
  expect(DELIVERY_WAIT_DAYS_MAX).toBeGreaterThan(ENDPOINT_FAILING_DAYS_MAX)
})
