import { expect, test } from 'vitest'
import { FREE_FAILURES_MAX, PAUSE_MS_MAX, pauseAfterMs } from '../../src/staff/lock-out.ts'

test('typing errors cost nothing, and from the fifth on each pause is twice the one before, up to the longest', () => {
  const pauses = [4, 5, 6, 7, 8, 9, 10, 11].map(pauseAfterMs)
  expect(pauses).toEqual([0, 30_000, 60_000, 120_000, 240_000, 480_000, PAUSE_MS_MAX, PAUSE_MS_MAX])
  expect(FREE_FAILURES_MAX).toBe(5)
})

test('no number of failures makes a pause that is not a number of milliseconds', () => {
  expect(pauseAfterMs(1_000_000)).toBe(PAUSE_MS_MAX)
})
