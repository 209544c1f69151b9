import { expect, test } from 'vitest'
import { openSourceBudgets } from '../src/source-budgets.ts'

test('a source has its burst, and then gets one back at a time', () => {
  let nowMs = 0
  const { take } = openSourceBudgets({ burst: 2, perSecond: 1 }, () => nowMs)
  expect([take('one'), take('one'), take('one'), take('another')]).toEqual([true, true, false, true])
  nowMs = 1_000
  expect([take('one'), take('one')]).toEqual([true, false])
})

test('what many asked for at once is paid back before the source is let in again', () => {
  let nowMs = 0
  const { charge, isEmpty } = openSourceBudgets({ burst: 2, perSecond: 1 }, () => nowMs)
  // All were let in by what was there when they came.
  for (let n = 0; n < 10; n += 1) charge('one')
  nowMs = 8_000
  expect(isEmpty('one')).toBe(true)
  nowMs = 9_000
  expect(isEmpty('one')).toBe(false)
})
