import { expect, test } from 'vitest'
import { BATCH_SIZE_MAX, BATCH_SIZE_MIN, nextBatchSize } from '../src/batch-size.ts'

test('a batch grows at most twofold, shrinks at once where it took too long, and stays within its bounds', () => {
  expect(nextBatchSize(50, 5)).toBe(100)
  expect(nextBatchSize(100, 25)).toBe(100)
  expect(nextBatchSize(100, 60)).toBe(41)
  expect(nextBatchSize(BATCH_SIZE_MIN, 1_000)).toBe(BATCH_SIZE_MIN)
  expect(nextBatchSize(BATCH_SIZE_MAX, 1)).toBe(BATCH_SIZE_MAX)
})
