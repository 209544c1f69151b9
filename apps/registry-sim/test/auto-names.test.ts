import { expect, test } from 'vitest'
import { startAutoNames } from '../src/auto-names.ts'
import { present } from '../src/registry/registry.ts'
import { allTruth, writeDropList } from '../src/registry/truth.ts'
import { makeTestRegistry, NOON } from './support/registry.ts'

const AUTO_NAMES = { roundMs: 300_000, namesPerRound: 20, leadMs: 360_000 }
const MINUTE_MS = 60_000

type Listed = { readonly name: string; readonly firstSeenMs: number; readonly purgeMs: number }

/** Reads the list every 10 s for `minutes`; when each name was first seen, and its purge. */
function watch(release: 'exact' | 'daily', minutes: number, seed = 7): Listed[] {
  const { registry, clock } = makeTestRegistry({ release }, seed)
  startAutoNames(registry, AUTO_NAMES)
  const listed = new Map<string, Listed>()
  for (const endMs = NOON + minutes * MINUTE_MS; clock.ms < endMs; clock.ms += 10_000) {
    for (const row of writeDropList(registry, present(registry)).trimEnd().split('\n').slice(1)) {
      const [, name = '', , purged = ''] = row.split(',')
      const key = `${name} ${purged}`
      if (!listed.has(key)) listed.set(key, { name, firstSeenMs: clock.ms, purgeMs: Date.parse(purged) })
    }
  }
  return [...listed.values()]
}

test.each(['exact', 'daily'] as const)(
  'in a %s autoNames every name is listed six minutes or more before its purge',
  (release) => {
    const listed = watch(release, 60)
    expect(listed.length).toBeGreaterThan(200)
    expect(listed.filter(({ firstSeenMs, purgeMs }) => purgeMs - firstSeenMs < 350_000)).toEqual([])
  },
)

test('twenty names are planted every five minutes, and there is something to order at once', () => {
  const listed = watch('exact', 60)
  expect(listed).toHaveLength(12 * 20)
  expect(listed.filter(({ firstSeenMs }) => firstSeenMs === NOON)).toHaveLength(20)
})

test('the same seed grows the same autoNames', () => {
  expect(watch('exact', 30)).toEqual(watch('exact', 30))
  expect(watch('exact', 30, 8)).not.toEqual(watch('exact', 30))
})

test('a autoNames bears every kind, and its names are of the zones served', () => {
  const { registry, clock } = makeTestRegistry()
  startAutoNames(registry, AUTO_NAMES)
  clock.ms = NOON + 55 * MINUTE_MS
  present(registry)
  const truth = [...allTruth(registry)]
  expect(new Set(truth.map(({ kind }) => kind))).toEqual(
    new Set(['normal', 'premium', 'withdrawn', 'unreleased', 'refused']),
  )
  expect(truth.every(({ name }) => /^[a-z]+\.(com\.)?pl$/.test(name))).toBe(true)
})

test('a autoNames left alone for a day holds no more names than one hour’s', () => {
  const { registry, clock } = makeTestRegistry()
  startAutoNames(registry, AUTO_NAMES)
  clock.ms = NOON + 24 * 60 * MINUTE_MS
  present(registry)
  expect(registry.names.size).toBeLessThan(400)
  expect(registry.names.size).toBeGreaterThan(200)
  expect(registry.past).toEqual([])
})
