import { expect, test } from 'vitest'
import { makeTargets } from '../../src/rivals/targets.ts'
import { NOON } from '../support/registry.ts'

const WINDOW = { earlyMs: 60_000, lateMs: 10_000 }
const LIST = `TLD,DOMAIN,EXPIRED,PURGED
pl,a.pl,2026-09-01T00:00:00Z,2026-11-24T12:00:00Z
pl,b.pl,2026-09-01T00:00:00Z,2026-11-24T12:00:00.500Z
pl,c.pl,2026-09-01T00:00:00Z,2026-11-24T12:05:00Z
`

function learned(seed = 1) {
  const targets = makeTargets(seed, 'rival-a', WINDOW)
  targets.learn(LIST)
  return targets
}

test('a rival begins 60 s before the listed purge, and goes round the open names', () => {
  const targets = learned()
  expect(targets.next(NOON - 60_001)).toBeUndefined()
  expect(targets.next(NOON - 60_000)).toBe('a.pl')
  const round = [1, 2].map(() => targets.next(NOON))
  expect(round.toSorted()).toEqual(['a.pl', 'b.pl'])
})

test('a name that has left the list is tried until its window is over', () => {
  const targets = learned()
  targets.learn('TLD,DOMAIN,EXPIRED,PURGED\n')
  expect(targets.next(NOON + 10_000)).toBeDefined()
  expect(targets.next(NOON + 10_501)).toBeUndefined()
})

test('a name it has left is not tried again while the same list comes, and is in a later cycle', () => {
  const targets = learned()
  for (const name of ['a.pl', 'b.pl']) targets.drop(name)
  targets.learn(LIST)
  expect(targets.next(NOON)).toBeUndefined()
  targets.learn('TLD,DOMAIN,EXPIRED,PURGED\npl,a.pl,2027-09-01T00:00:00Z,2027-11-24T12:00:00Z\n')
  expect(targets.next(Date.parse('2027-11-24T12:00:00Z'))).toBe('a.pl')
})

/** Forty tries over twenty names of one instant. */
function tries(seed: number): (string | undefined)[] {
  const targets = makeTargets(seed, 'rival-a', WINDOW)
  const rows = Array.from({ length: 20 }, (_, index) => `pl,name${index}.pl,x,2026-11-24T12:00:00Z\n`)
  targets.learn(`TLD,DOMAIN,EXPIRED,PURGED\n${rows.join('')}`)
  return Array.from({ length: 40 }, () => targets.next(NOON))
}

test('the same seed tries the same names in the same order, another seed in another', () => {
  expect(tries(1)).toEqual(tries(1))
  expect(tries(2)).not.toEqual(tries(1))
  expect(new Set(tries(1).slice(0, 20)).size).toBe(20)
})
