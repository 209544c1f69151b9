import { expect, test } from 'vitest'
import {
  countFailure,
  FORGOTTEN_MS,
  freeFailures,
  may,
  PAUSE_MS_MAX,
  pauseAfterMs,
  permissionTable,
  type Role,
  roles,
  type SignInCount,
} from '../src/staff.ts'

const changing = Object.keys(permissionTable).filter((permission) => !permission.endsWith(':read'))

test('a viewer reads, and changes nothing', () => {
  const allowed = changing.filter((permission) => may(['viewer'], permission as keyof typeof permissionTable))
  expect(allowed).toEqual([])
  expect(may(['viewer'], 'console:read')).toBe(true)
})

test('no role both manages staff and moves money', () => {
  const both = roles.filter((role) => may([role], 'staff:manage') && may([role], 'refunds:decide'))
  expect(both).toEqual([])
})

test('an operator proposes refunds and moves no money', () => {
  expect(may(['operator'], 'refunds:propose')).toBe(true)
  for (const permission of ['refunds:complete', 'refunds:decide', 'refunds:retry', 'credit:set'] as const) {
    expect(may(['operator', 'admin', 'viewer'], permission)).toBe(false)
  }
})

test('finance proposes refunds and completes small ones, and does not decide proposals', () => {
  expect(may(['finance'], 'refunds:propose')).toBe(true)
  expect(may(['finance'], 'refunds:complete')).toBe(true)
  expect(may(['finance'], 'refunds:decide')).toBe(false)
})

test('permissions of several roles add up, and no role means no permission', () => {
  const held: readonly Role[] = ['viewer', 'finance_approver']
  expect(may(held, 'refunds:decide')).toBe(true)
  expect(may([], 'console:read')).toBe(false)
})

const now = new Date('2026-11-27T12:00:00Z')
const after = (ms: number) => new Date(now.getTime() + ms)
const counted = (failures: number, changes: Partial<SignInCount> = {}): SignInCount => ({
  failures,
  pausedUntil: null,
  countedAt: now,
  ...changes,
})

test('the first failures have no pause; from the fifth on each pause is twice the one before, up to the longest', () => {
  const pauses = [4, 5, 6, 7, 8, 9, 10, 11].map((failures) => pauseAfterMs(failures, freeFailures.address))
  expect(pauses).toEqual([0, 30_000, 60_000, 120_000, 240_000, 480_000, PAUSE_MS_MAX, PAUSE_MS_MAX])
})

test('no number of failures overflows the pause', () => {
  expect(pauseAfterMs(1_000_000, 5)).toBe(PAUSE_MS_MAX)
})

test('a source may fail more often than an address before it pauses', () => {
  const pausedUntil = after(30_000)
  expect(countFailure(counted(4), 'address', now)).toEqual(counted(5, { pausedUntil }))
  expect(countFailure(counted(4), 'source', now)).toEqual(counted(5))
  expect(countFailure(counted(19), 'source', now)).toEqual(counted(20, { pausedUntil }))
})

test('during a pause nothing is counted, so further guesses do not extend it', () => {
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
