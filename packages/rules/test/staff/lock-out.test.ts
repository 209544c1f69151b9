import { expect, test } from 'vitest'
import {
  countFailure,
  FORGOTTEN_MS,
  freeFailures,
  PAUSE_MS_MAX,
  pauseAfterMs,
  type SignInCount,
} from '../../src/staff.ts'

const now = new Date('2026-11-27T12:00:00Z')
const after = (ms: number) => new Date(now.getTime() + ms)
const counted = (failures: number, changes: Partial<SignInCount> = {}): SignInCount => ({
  failures,
  pausedUntil: null,
  countedAt: now,
  ...changes,
})

test('typing errors cost nothing, and from the fifth on each pause is twice the one before, up to the longest', () => {
  const pauses = [4, 5, 6, 7, 8, 9, 10, 11].map((failures) => pauseAfterMs(failures, freeFailures.address))
  expect(pauses).toEqual([0, 30_000, 60_000, 120_000, 240_000, 480_000, PAUSE_MS_MAX, PAUSE_MS_MAX])
})

test('no number of failures makes a pause that is not a number of milliseconds', () => {
  expect(pauseAfterMs(1_000_000, 5)).toBe(PAUSE_MS_MAX)
})

test('a source may fail more often than an address before it pauses', () => {
  const pausedUntil = after(30_000)
  expect(countFailure(counted(4), 'address', now)).toEqual(counted(5, { pausedUntil }))
  expect(countFailure(counted(4), 'source', now)).toEqual(counted(5))
  expect(countFailure(counted(19), 'source', now)).toEqual(counted(20, { pausedUntil }))
})

test('while it is paused nothing is counted, so that guessing on does not make the pause longer', () => {
  const paused = counted(5, { pausedUntil: after(1) })
  expect(countFailure(paused, 'address', now)).toBeUndefined()
  expect(countFailure(paused, 'address', after(1))).toMatchObject({ failures: 6 })
})

test('failures are forgotten an hour after the last of them', () => {
  const old = counted(9)
  expect(countFailure(old, 'address', after(FORGOTTEN_MS))).toMatchObject({ failures: 10 })
  expect(countFailure(old, 'address', after(FORGOTTEN_MS + 1))).toMatchObject({
    failures: 1,
    pausedUntil: null,
  })
})
