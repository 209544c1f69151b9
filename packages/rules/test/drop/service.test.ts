import { expect, test } from 'vitest'
import { servedMax, TURN_SECONDS_MAX } from '../../src/drop/service.ts'

test('as many names are served as can each be tried within the longest pause, and at least one', () => {
  expect(servedMax(40)).toBe(40 * TURN_SECONDS_MAX)
  expect(servedMax(0.01)).toBe(1)
})
