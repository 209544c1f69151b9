import { expect, test } from 'vitest'
import { windowEndsAtMs } from '../../src/drive/prepare-sessions.ts'
import { target } from '../support/target.ts'

/** A window from 10,000 to 11,000, and a longer one with the same beginning. */
const soon = target({ phase: 'waiting' })
const longer = target({ id: 'longer', phase: 'waiting', dropFromMs: 10_500, dropToMs: 500_000 })

test('sessions are prepared for the last window that begins soon', () => {
  expect(windowEndsAtMs([soon, longer], 5_000)).toBe(500_000)
  expect(windowEndsAtMs([soon], 5_000)).toBe(11_000)
})

test('nothing is prepared long before a window, in one, or without any', () => {
  expect(windowEndsAtMs([target({ dropFromMs: 100_000, dropToMs: 101_000 })], 5_000)).toBeUndefined()
  expect(windowEndsAtMs([soon, longer], 10_200)).toBeUndefined()
  expect(windowEndsAtMs([soon], 12_000)).toBeUndefined()
  expect(windowEndsAtMs([], 5_000)).toBeUndefined()
})
