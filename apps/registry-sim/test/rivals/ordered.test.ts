import { expect, test } from 'vitest'
import { OrderedStrategy } from '../../src/rivals/ordered.ts'
import type { Attempt, Outcome } from '../../src/rivals/strategy.ts'

const PACE_MS = 100
const order = Array.from({ length: 30 }, (_, index) => `name${index}.pl`)
/** Every third name of the batch is wanted. */
const wanted = order.filter((_, index) => index % 3 === 0)

function rival() {
  const strategy = new OrderedStrategy({ learn: () => undefined, openNames: () => wanted })
  strategy.knowOrder(order)
  return strategy
}

function answered(atMs: number, code: number, more: Partial<Outcome> = {}): Outcome {
  return { code, sentMs: atMs, answeredMs: atMs, isPending: false, ...more }
}

test('it keeps to its first name until it sees a release, and asks about that name every fifth time', () => {
  const strategy = rival()
  const attempts = Array.from({ length: 10 }, (_, index) => strategy.next(index))
  expect(new Set(attempts.map((attempt) => attempt?.name))).toEqual(new Set(['name0.pl']))
  expect(attempts.filter((attempt) => attempt?.kind === 'info')).toHaveLength(2)
})

test('a win shows that the names before are gone: each gets one more create, and is given up when that is refused', () => {
  const strategy = rival()
  strategy.observe({ kind: 'create', name: 'name6.pl' }, answered(1_000, 1000, { crDateMs: 1_000 }))
  expect([strategy.next(1_001), strategy.next(1_001)]).toEqual([
    { kind: 'create', name: 'name3.pl' },
    { kind: 'create', name: 'name0.pl' },
  ])
  strategy.observe({ kind: 'create', name: 'name0.pl' }, answered(1_001, 2302))
  strategy.observe({ kind: 'create', name: 'name3.pl' }, answered(1_001, 2302))
  expect(strategy.next(1_002)).toEqual({ kind: 'create', name: 'name9.pl' })
})

test('a create that was refused before the release is seen does not give the name up', () => {
  const strategy = rival()
  strategy.observe({ kind: 'create', name: 'name0.pl' }, answered(900, 2302))
  strategy.observe({ kind: 'info', name: 'name3.pl' }, answered(1_010, 1000, { crDateMs: 1_000 }))
  expect(strategy.next(1_011)).toEqual({ kind: 'create', name: 'name0.pl' })
})

test('with the pace of two releases it sends to each name when that is due', () => {
  const strategy = rival()
  for (const index of [0, 3])
    strategy.observe(
      { kind: 'create', name: `name${index}.pl` },
      answered(PACE_MS * index, 1000, { crDateMs: PACE_MS * index }),
    )
  for (const index of [6, 9, 12]) {
    const attempt: Attempt = { kind: 'create', name: `name${index}.pl` }
    expect(strategy.next(PACE_MS * index)).toEqual(attempt)
    strategy.observe(attempt, answered(PACE_MS * index, 1000, { crDateMs: PACE_MS * index }))
  }
})

test('where nothing shows for long what became of an overdue name, it asks, however few commands it has sent', () => {
  const strategy = rival()
  for (const index of [0, 3])
    strategy.observe(
      { kind: 'create', name: `name${index}.pl` },
      answered(PACE_MS * index, 1000, { crDateMs: PACE_MS * index }),
    )
  expect(strategy.next(9 * PACE_MS)).toEqual({ kind: 'info', name: 'name6.pl' })
})

test('an info about an overdue name that still waits shifts what it expects', () => {
  const strategy = rival()
  for (const index of [0, 3])
    strategy.observe(
      { kind: 'create', name: `name${index}.pl` },
      answered(PACE_MS * index, 1000, { crDateMs: PACE_MS * index }),
    )
  strategy.observe({ kind: 'info', name: 'name6.pl' }, answered(2_000, 1000, { isPending: true }))
  expect(strategy.next(2_040)?.name).toBe('name6.pl')
})

test('with a timing it waits where no release is probable, and sends close together around the expected instant', () => {
  const seen = [0, 3, 6, 9]
  const strategy = new OrderedStrategy(
    { learn: () => undefined, openNames: () => [...seen, 12].map((index) => `name${index}.pl`) },
    { commandsPerSecond: 40, sessions: 4 },
  )
  strategy.knowOrder(order)
  for (const index of seen)
    strategy.observe(
      { kind: 'create', name: `name${index}.pl` },
      answered(PACE_MS * index, 1000, { crDateMs: PACE_MS * index }),
    )
  const expectedMs = 12 * PACE_MS
  const everyMs = Array.from({ length: 400 }, (_, ms) => expectedMs - 200 + ms)
  const sent = everyMs.filter((atMs) => strategy.next(atMs, 0.9)?.kind === 'create')
  const near = sent.filter((atMs) => Math.abs(atMs - expectedMs) <= 40)
  expect(near.length).toBeGreaterThan(5)
  expect(near.length / sent.length).toBeGreaterThan(0.6)
  expect(sent.every((atMs) => Math.abs(atMs - expectedMs) <= 100)).toBe(true)
})
