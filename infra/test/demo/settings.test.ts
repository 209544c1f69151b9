import { expect, test } from 'vitest'
import { dailyTiming, firstDropMs } from '../../src/demo/settings.ts'

test.each([
  { startMs: 1_000, afterMs: 12_000 },
  { startMs: 8_000, afterMs: 20_000 },
  { startMs: 16_000, afterMs: 21_000 },
  { startMs: 40_000, afterMs: 12_000 },
])('after a start of $startMs ms the first name drops in $afterMs ms', ({ startMs, afterMs }) => {
  expect(firstDropMs(startMs)).toBe(afterMs)
})

test('the window of a batch is as long as its names need, to the next second', () => {
  expect(dailyTiming(22).lateSeconds).toBe(2)
  expect(dailyTiming(150).lateSeconds).toBe(10)
})
