import { expect, test } from 'vitest'
import {
  DELIVERY_ATTEMPTS_MAX,
  DELIVERY_WAIT_DAYS_MAX,
  deliveryPauseMs,
  isLastAttempt,
} from '../src/events.ts'

const HOUR_MS = 3_600_000

test('pauses grow from seconds to hours, and the random part only adds to them', () => {
  const pauses = Array.from({ length: DELIVERY_ATTEMPTS_MAX }, (_, index) => deliveryPauseMs(index + 1, 0))
  expect(pauses[0]).toBe(5_000)
  expect(pauses).toEqual(pauses.toSorted((one, other) => one - other))
  expect(pauses.at(-1)).toBe(6 * HOUR_MS)
  expect(deliveryPauseMs(1, 0.999)).toBeLessThanOrEqual(6_000)
  expect(deliveryPauseMs(1, 0.5)).toBeGreaterThan(5_000)
})

test('a receiver that is down for 18 hours still gets every event, and all attempts end within 40 hours', () => {
  const pauses = Array.from({ length: DELIVERY_ATTEMPTS_MAX - 1 }, (_, index) =>
    deliveryPauseMs(index + 1, 0),
  )
  const sum = pauses.reduce((all, pause) => all + pause, 0)
  expect(sum).toBeGreaterThan(18 * HOUR_MS)
  expect(sum).toBeLessThan(40 * HOUR_MS)
  expect(DELIVERY_WAIT_DAYS_MAX * 24 * HOUR_MS).toBeGreaterThan(2 * sum)
  expect(isLastAttempt(DELIVERY_ATTEMPTS_MAX - 1)).toBe(false)
  expect(isLastAttempt(DELIVERY_ATTEMPTS_MAX)).toBe(true)
})

test('no count of attempts overflows', () => {
  expect(deliveryPauseMs(100_000, 0)).toBe(6 * HOUR_MS)
})
