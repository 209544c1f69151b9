import { array, assert, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { delaysOf, earliestArrivals, type Limits } from '../../bench/catch/optimum.ts'

const limits = record({
  sessions: integer({ min: 1, max: 3 }),
  commandsPerSecond: integer({ min: 1, max: 4 }),
  roundTripMs: integer({ min: 0, max: 60 }),
})
const releases = array(integer({ min: 0, max: 2_500 }), { minLength: 1, maxLength: 6 }).map((each) =>
  each.toSorted((one, other) => one - other),
)

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  )
}

/** Arrivals of creates in this order, each as early as the limits allow after those before it. */
function arrivalsInOrder(
  order: readonly number[],
  { sessions, commandsPerSecond, roundTripMs }: Limits,
): number[] {
  const free = Array.from({ length: sessions }, () => -Infinity)
  const arrivals: number[] = []
  for (const releaseMs of order) {
    const session = free.indexOf(Math.min(...free))
    const inWindow = arrivals[arrivals.length - commandsPerSecond] ?? -Infinity
    const previous = arrivals.at(-1) ?? -Infinity
    const atMs = Math.max(releaseMs, free[session] ?? 0, inWindow + 1_000, previous)
    free[session] = atMs + roundTripMs
    arrivals.push(atMs)
  }
  return arrivals
}

test('no order of sending up to six names is earlier in any place than the optimum, and one reaches it', () => {
  assert(
    property(releases, limits, (releasesMs, given) => {
      const best = earliestArrivals(releasesMs, given)
      const ways = permutations(releasesMs).map((order) => arrivalsInOrder(order, given))
      for (const way of ways)
        for (const [index, atMs] of way.entries()) expect(atMs).toBeGreaterThanOrEqual(best[index] ?? NaN)
      expect(ways).toContainEqual(best)
    }),
    { numRuns: 300 },
  )
})

test('forty names that are released at once arrive at once from many sessions, and the next one a second later', () => {
  const atOnce = Array.from({ length: 41 }, () => 0)
  const near = earliestArrivals(atOnce, { sessions: 40, commandsPerSecond: 40, roundTripMs: 1 })
  expect(near[39]).toBe(0)
  expect(near[40]).toBe(1_000)
  const far = earliestArrivals(atOnce, { sessions: 4, commandsPerSecond: 40, roundTripMs: 40 })
  expect(far[39]).toBe(9 * 40)
})

test('names of one instant are matched in the order in which they were tried, and others by their release', () => {
  const given = { sessions: 1, commandsPerSecond: 40, roundTripMs: 40 }
  const tried = [
    { releasedMs: 0, firstMs: 45 },
    { releasedMs: 0, firstMs: 5 },
    { releasedMs: 500, firstMs: Infinity },
  ]
  expect(delaysOf(tried, given)).toEqual([
    { delayMs: 5, excessMs: 5 },
    { delayMs: 45, excessMs: 5 },
    { delayMs: Infinity, excessMs: Infinity },
  ])
})
