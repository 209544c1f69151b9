import { expect, test } from 'vitest'
import { TRY_AGAIN_MS_MAX, tryAgainMs } from '../../src/payments.ts'

test('a pause doubles with each try, up to an hour, and stays there for ever', () => {
  expect([1, 2, 3, 4].map(tryAgainMs)).toEqual([5_000, 10_000, 20_000, 40_000])
  expect(tryAgainMs(20)).toBe(TRY_AGAIN_MS_MAX)
  expect(tryAgainMs(1_000_000)).toBe(TRY_AGAIN_MS_MAX)
  expect(tryAgainMs(0)).toBe(5_000)
})
