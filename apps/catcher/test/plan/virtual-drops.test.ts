import { seededRandom } from '@droplock/rules/seeded-random'
import { expect, test } from 'vitest'
import { OrderedStrategy } from '../../../registry-sim/src/rivals/ordered.ts'
import { runVirtualDrop, type VirtualDrop, type VirtualName } from '../support/virtual-drop.ts'

/** Drops in virtual time: the same seed gives the same result, so these are bounds that hold, and no measurements. */

const limits = { commandsPerSecondMax: 40, sessionsMax: 4 } as const
const rivals = [limits, limits, limits]
const usual = {
  ...limits,
  roundTripMs: 10,
  aimErrorMs: 1,
  windowMs: [98_000, 130_000],
  untilMs: 400_000,
} as const

const wonShare = (drop: VirtualDrop): number => {
  const names = [...runVirtualDrop(drop).names.values()]
  return names.filter(({ winner }) => winner === 'us').length / names.length
}

const at = (ms: readonly number[]): VirtualName[] =>
  ms.map((releaseMs, n) => ({ id: `e${n}`, releaseMs, orderKey: null, isWanted: true }))

/** A batch that starts within some seconds of its announced time. */
function batch(seed: number, paceMs: number, isInOrder: boolean): VirtualName[] {
  const draw = seededRandom(seed)
  let releaseMs = 99_000 + draw() * 6_000
  return Array.from({ length: 120 }, (_, n) => {
    const shown = isInOrder ? n : Math.floor(draw() * 1e6)
    releaseMs += paceMs * (0.6 + 0.8 * draw())
    const orderKey = String(shown).padStart(9, '0')
    return { id: `b${n}`, releaseMs, isWanted: true, updatedMs: 60_000 * shown, orderKey }
  })
}

test('names with an exact time are tried once, when they are released', () => {
  const names = at(Array.from({ length: 60 }, (_, n) => 100_000 + 100 * n))
  const result = runVirtualDrop({ ...usual, seed: 1, release: 'exact_instant', names, rivals })
  expect(result.creates).toBe(60)
  for (const { winner, firstMs = Infinity, releaseMs } of result.names.values()) {
    expect(winner).toBe('us')
    expect(firstMs - releaseMs).toBeLessThanOrEqual(3)
  }
})

test('a clock that is off by its error costs at most twice the error', () => {
  const names = at([100_000, 103_000, 106_000])
  for (const clockErrorMs of [-8, 0, 8]) {
    const drop = {
      ...usual,
      seed: 1,
      release: 'exact_instant',
      names,
      rivals: [],
      aimErrorMs: 8,
      clockErrorMs,
    } as const
    for (const { firstMs = Infinity, releaseMs } of runVirtualDrop(drop).names.values())
      expect(firstMs - releaseMs).toBeLessThanOrEqual(17)
  }
})

test.each([10, 40])(
  'a registry whose releases are 15 ms behind its clock is tried then (round trip %i ms)',
  (roundTripMs) => {
    const names = Array.from({ length: 60 }, (_, n) => {
      const listedMs = 100_000 + 100 * n
      return { id: `l${n}`, releaseMs: listedMs + 15, listedMs, orderKey: null, isWanted: true }
    })
    const drop = { ...usual, roundTripMs, seed: 1, release: 'exact_instant', names, rivals } as const
    const { names: endings } = runVirtualDrop(drop)
    const firstsMs = [...endings.values()].map(({ firstMs = Infinity, releaseMs }) => firstMs - releaseMs)
    // Until it is known how late they are, and when that is looked for again.
    expect(firstsMs.filter((ms) => ms > 5).length).toBeLessThanOrEqual(10)
  },
)

test('a name that its registry holds back moves no other', () => {
  const names = Array.from({ length: 60 }, (_, n) => {
    const listedMs = 100_000 + 100 * n
    return {
      id: `h${n}`,
      releaseMs: listedMs + (n === 5 ? 2_000 : 0),
      listedMs,
      orderKey: null,
      isWanted: true,
    }
  })
  const drop = { ...usual, seed: 1, release: 'exact_instant', names, rivals: [] } as const
  const endings = [...runVirtualDrop(drop).names.values()]
  const firstsMs = endings.map(({ firstMs = Infinity, releaseMs }) => firstMs - releaseMs)
  expect(firstsMs.filter((ms) => ms > 3).length).toBeLessThanOrEqual(1)
})

/** `growMs`: how much later each name is than the one before it. */
test.each([
  { what: 'as late as the one before it', lateMs: 25_000, growMs: 0 },
  { what: 'later than the one before it', lateMs: 3_000, growMs: 400 },
])('where each name is $what, its first create arrives within a second', ({ lateMs, growMs }) => {
  const names = Array.from({ length: 100 }, (_, n) => {
    const listedMs = 100_000 + 600 * n
    const releaseMs = listedMs + lateMs + growMs * n
    return { id: `l${n}`, releaseMs, listedMs, orderKey: null, isWanted: true }
  })
  const drop = {
    ...usual,
    commandsPerSecondMax: 20,
    seed: 1,
    release: 'exact_instant',
    names,
    rivals: [],
  } as const
  const endings = [...runVirtualDrop(drop).names.values()]
  const firstsMs = endings.map(({ firstMs = Infinity, releaseMs }) => firstMs - releaseMs)
  // Until three releases were seen, all that are overdue take turns.
  expect(firstsMs.filter((ms) => ms > 1_000).length).toBeLessThanOrEqual(10)
  expect(firstsMs.toSorted((one, other) => one - other)[50]).toBeLessThan(300)
})

test('names that are released at once are tried as fast as the limits allow, in the order of service', () => {
  const names = at(Array.from({ length: 40 }, () => 100_000))
  const result = runVirtualDrop({ ...usual, seed: 1, release: 'exact_instant', names, rivals: [] })
  const firsts = [...result.names.values()].map(({ firstMs = Infinity }) => firstMs - 100_000)
  // Four sessions and a round trip of 10 ms: ten rounds.
  expect(Math.max(...firsts)).toBeLessThan(105)
  expect(result.firstOrder).toEqual(result.orderOfService)
})

test.each([45, 300])('a batch in order (%i ms a name) is caught against three plain loops', (paceMs) => {
  for (const seed of [1, 2, 3]) {
    const names = batch(seed, paceMs, true)
    expect(wonShare({ ...usual, seed, release: 'daily_batch', names, rivals })).toBeGreaterThan(0.625)
  }
})

/** A batch of which we and the rivals want half, with others between; `placed`: whether the registry was asked about those. */
function shared(seed: number, paceMs: number, placed: boolean): VirtualName[] {
  const draw = seededRandom(seed)
  let releaseMs = 99_000 + draw() * 6_000
  let minute = 0
  return Array.from({ length: 150 }, (_, rank) => {
    releaseMs += paceMs * (0.6 + 0.8 * draw())
    // Some are updated in the same minute, others minutes later.
    minute += Math.max(0, Math.ceil(8 * (draw() - 0.5)))
    const shown = { updatedMs: 60_000 * minute, orderKey: String(rank).padStart(9, '0') }
    const place = placed ? { place: { rank, of: 150 } } : {}
    return { id: `s${rank}`, releaseMs, isWanted: draw() < 0.5, ...shown, ...place }
  })
}

/** Our share of the wanted names against three rivals that know the order, over some seeds. */
function shareAgainstKnowing(paceMs: number, placed: boolean): number {
  const shares = [1, 2, 3, 4].map((seed) => {
    const names = shared(seed, paceMs, placed)
    const wanted = names.filter(({ isWanted }) => isWanted).map(({ id }) => id)
    const strategy = () => {
      const knowing = new OrderedStrategy({ learn: () => undefined, openNames: () => wanted })
      knowing.knowOrder(names.map(({ id }) => id))
      return knowing
    }
    const knowing = { ...limits, strategy }
    const drop = {
      ...usual,
      seed,
      release: 'daily_batch',
      names,
      rivals: [knowing, knowing, knowing],
    } as const
    const ends = runVirtualDrop(drop).names
    return wanted.filter((id) => ends.get(id)?.winner === 'us').length / wanted.length
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

test.each([45, 300])(
  'with the places among all names a batch (%i ms a name) is shared with rivals that know the order; without them hardly',
  (paceMs) => {
    const share = shareAgainstKnowing(paceMs, true)
    expect(share).toBeGreaterThan(0.18)
    expect(share).toBeGreaterThan(1.5 * shareAgainstKnowing(paceMs, false))
  },
)

test('a batch in another order than the one that was shown is caught like one without an order', () => {
  const seeds = [1, 2, 3, 4]
  const shares = seeds.map((seed) =>
    wonShare({ ...usual, seed, release: 'daily_batch', names: batch(seed, 100, false), rivals }),
  )
  expect(shares.reduce((sum, share) => sum + share, 0) / seeds.length).toBeGreaterThan(0.2)
})

test('while there are names to be caught at most one command in twenty is a question', () => {
  const names = batch(1, 45, true)
  const result = runVirtualDrop({ ...usual, seed: 1, release: 'daily_batch', names, rivals })
  const { infosWhileReleasing, createsWhileReleasing } = result
  expect(infosWhileReleasing / (infosWhileReleasing + createsWhileReleasing)).toBeLessThanOrEqual(0.05)
})
