import type { DropRow } from '@droplock/rules/ports/drop-feed'
import { expect, test } from 'vitest'
import {
  chooseNames,
  compress,
  dayLength,
  fairShares,
  layOut,
  schedule,
  shareZones,
} from '../../src/demo/plan.ts'
import { raceOrder } from '../../src/demo/race.ts'
import { dailyTiming, firstDropMs } from '../../src/demo/settings.ts'

const startsAt = new Date('2026-11-24T12:00:00Z')
const dates = ['2026-02-10', '2026-02-09', '2026-02-11'] as const

function rowsOf(zones: readonly string[], perDay: number): readonly DropRow[] {
  return dates.flatMap((dropDate, day) =>
    Array.from({ length: perDay }, (_, index) => {
      const zone = zones[index % zones.length] ?? ''
      return { kind: 'row', line: index + 1, name: `n${day}x${index}.${zone}`, zone, dropDate } as const
    }),
  )
}

test('days keep their order on the compressed clock, and each name drops on its own day', () => {
  const moved = compress(rowsOf(['pl'], 10), { startsAt, dayMs: 3_000 }, () => false)
  expect(moved.map((row) => row.day)).toEqual([
    ...Array(10).fill(0),
    ...Array(10).fill(1),
    ...Array(10).fill(2),
  ])
  expect(moved.slice(0, 10).every((row) => row.name.startsWith('n1x'))).toBe(true)
  for (const { day, purgeAt } of moved) {
    const sinceMs = purgeAt.getTime() - startsAt.getTime() - day * 3_000
    expect(sinceMs).toBeGreaterThanOrEqual(0)
    expect(sinceMs).toBeLessThan(3_000)
  }
})

test('in a zone that drops in batches all names of a day are announced for its beginning', () => {
  const moved = compress(rowsOf(['pl'], 10), { startsAt, dayMs: 3_000 }, () => true)
  expect(new Set(moved.map((row) => row.purgeAt.getTime() - startsAt.getTime()))).toEqual(
    new Set([0, 3_000, 6_000]),
  )
})

test('names with an exact time keep their order within the day', () => {
  const row = { kind: 'row', line: 1, zone: 'com', dropDate: '2026-02-09' } as const
  const rows = [
    { ...row, name: 'late.com', purgeAt: new Date('2026-02-09T18:00:00Z') },
    { ...row, name: 'early.com', purgeAt: new Date('2026-02-09T14:00:00Z') },
  ]
  const moved = compress(rows, { startsAt, dayMs: 1_000 }, () => false)
  expect(moved.map(({ name }) => name)).toEqual(['early.com', 'late.com'])
})

test('the days share the span, and no day is shorter than one can follow', () => {
  expect(dayLength(rowsOf(['pl'], 1), 21_000)).toBe(7_000)
  expect(dayLength(rowsOf(['pl'], 1), 3)).toBe(300)
})

test('each zone is one registry’s, and both registries have names', () => {
  const rows = [...rowsOf(['pl'], 50), ...rowsOf(['com.pl', 'net.pl'], 10)]
  const shares = shareZones(rows, new Set(['pl', 'com.pl', 'net.pl', 'waw.pl']))
  expect(shares).toEqual({ exact: ['pl'], daily: ['com.pl', 'net.pl', 'waw.pl'] })
})

test('with names in one zone only, the other registry still serves a zone', () => {
  const shares = shareZones(rowsOf(['com'], 5), new Set(['com', 'pl']))
  expect(shares).toEqual({ exact: ['com'], daily: ['pl'] })
})

test('names are chosen evenly from each day and registry', () => {
  const lists = { rows: rowsOf(['pl', 'com.pl'], 200), rejects: [], zones: new Set(['pl', 'com.pl']) }
  const layout = layOut(lists)
  const { chosen } = schedule(lists, layout, startsAt)
  expect(chosen).toHaveLength(300)
  const groups = Map.groupBy(chosen, (name) => `${name.day} ${layout.registryOf(name.zone)}`)
  expect([...groups.values()].map((group) => group.length)).toEqual([50, 50, 50, 50, 50, 50])
  expect(layout.batchMax).toBe(50)
})

test('of 300 names every ending comes often, and about a fifth of each was ours before', () => {
  const moved = compress(rowsOf(['pl'], 200), { startsAt, dayMs: 3_000 }, () => false)
  const chosen = chooseNames(moved, () => 'exact', 300)
  const endings = Map.groupBy(chosen, ({ ending }) => ending)
  expect(endings.size).toBe(8)
  for (const names of endings.values()) {
    expect(names.length).toBeGreaterThanOrEqual(18)
    const share = names.filter(({ formerlyOurs }) => formerlyOurs).length / names.length
    expect(share).toBeGreaterThan(0.15)
    expect(share).toBeLessThan(0.25)
  }
})

test('a name that two days carry is not chosen', () => {
  const [row] = compress(rowsOf(['pl'], 1), { startsAt, dayMs: 3_000 }, () => false)
  if (row === undefined) throw new Error('no row')
  const chosen = chooseNames([row, { ...row, name: 'other.pl' }, { ...row, day: 1 }], () => 'exact', 10)
  expect(chosen.map(({ name }) => name)).toEqual(['other.pl'])
})

test.each([
  { sizes: [10, 1, 10], count: 9, shares: [4, 1, 4] },
  { sizes: [1, 1], count: 9, shares: [1, 1] },
  { sizes: [], count: 9, shares: [] },
])('$count names from groups of $sizes are shared $shares', ({ sizes, count, shares }) => {
  expect(fairShares(sizes, count)).toEqual(shares)
})

test('every reseller tries every name once, and no two in one order', () => {
  const names = Array.from({ length: 70 }, (_, index) => `n${index}.pl`)
  const orders = [0, 1, 2].map((index) => raceOrder(names, index, 3))
  for (const order of orders) expect(order.toSorted()).toEqual(names.toSorted())
  expect(new Set(orders.map((order) => order[0])).size).toBe(3)
})

test.each([
  { startMs: 1_000, afterMs: 12_000 },
  { startMs: 8_000, afterMs: 20_000 },
  { startMs: 16_000, afterMs: 21_000 },
  { startMs: 40_000, afterMs: 12_000 },
])('after a start of $startMs ms the first name drops in $afterMs ms', ({ startMs, afterMs }) => {
  expect(firstDropMs(startMs)).toBe(afterMs)
})

test('the window of a batch is as long as its names need, to the next second', () => {
  expect(dailyTiming(22).lateSeconds).toBe(2)
  expect(dailyTiming(150).lateSeconds).toBe(10)
})
