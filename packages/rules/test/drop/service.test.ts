import { expect, test } from 'vitest'
import { beginsWith, servedMax, TURN_SECONDS_MAX } from '../../src/drop/service.ts'

test('as many names are served as can each be tried within the longest pause, and at least one', () => {
  expect(servedMax(40)).toBe(40 * TURN_SECONDS_MAX)
  expect(servedMax(0.01)).toBe(1)
})

test('of several accounts each name is begun with by one, and each account has about its part', () => {
  const ids = Array.from({ length: 3_000 }, (_, n) => `listing-${n}`)
  const shares = [0, 1, 2].map((rank) => ids.filter((id) => beginsWith(id, { rank, accounts: 3 })))
  expect(new Set(shares.flat()).size).toBe(3_000)
  expect(shares.flat()).toHaveLength(3_000)
  for (const share of shares) expect(share.length).toBeGreaterThan(800)
})
