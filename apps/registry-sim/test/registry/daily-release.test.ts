import { expect, test } from 'vitest'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import { orderOfRelease, scheduleBatch } from '../../src/registry/schedule-batch.ts'
import { allTruth, type NameTruth } from '../../src/registry/truth.ts'
import { makeTestRegistry, NOON } from '../support/registry.ts'

const PACE = { paceMs: 20, driftMsMax: 3000, jitterMsMax: 15 }
const names = Array.from({ length: 300 }, (_, index) => `name${index}.pl`)

function released(seed: number): NameTruth[] {
  const { registry, clock } = makeTestRegistry({ release: 'daily' }, seed)
  loadNames(
    registry,
    names.map((name) => ({ name, kind: 'normal' })),
    present(registry),
  )
  const batch = scheduleBatch(registry, NOON + 60_000, present(registry), PACE)
  if (typeof batch === 'string') throw new Error(batch)
  clock.ms = NOON + 600_000
  present(registry)
  return [...allTruth(registry)].toSorted((a, b) => (a.releasedAt ?? '').localeCompare(b.releasedAt ?? ''))
}

test('a batch releases by last update, then ROID, whatever drift and jitter do', () => {
  const order = released(5)
  const predicted = order.toSorted(
    (a, b) =>
      (a.prior?.upDate ?? '').localeCompare(b.prior?.upDate ?? '') ||
      (a.prior?.roid ?? '').localeCompare(b.prior?.roid ?? ''),
  )
  // Equal release instants keep the order of loading, so only the instants are compared.
  expect(predicted.map(({ releasedAt }) => releasedAt)).toEqual(order.map(({ releasedAt }) => releasedAt))
  expect(new Set(order.map(({ prior }) => prior?.upDate)).size).toBeLessThan(names.length)
})

test('a batch starts up to its drift late and drifts on from the predicted pace', () => {
  const starts = [1, 2, 3, 4, 5, 6].map((seed) => Date.parse(released(seed)[0]?.releasedAt ?? ''))
  expect(starts.every((start) => start >= NOON + 60_000 && start <= NOON + 63_000)).toBe(true)
  expect(new Set(starts).size).toBeGreaterThan(1)
  const instants = released(1).map(({ releasedAt }) => Date.parse(releasedAt ?? ''))
  const steps = instants.slice(1).map((instant, index) => instant - (instants[index] ?? 0))
  expect(steps.every((step) => step >= 5 && step <= 35)).toBe(true)
  expect(new Set(steps).size).toBeGreaterThan(5)
})

test('a batch may start early, by no more than configured, and never before it is announced', () => {
  const starts = Array.from({ length: 30 }, (_, seed) => {
    const { registry, clock } = makeTestRegistry({ release: 'daily' }, seed)
    loadNames(registry, [{ name: 'kawa.pl', kind: 'normal' }], present(registry))
    const pace = { paceMs: 10, driftMsMax: 0, jitterMsMax: 0, earlyMsMax: 5000 }
    const batch = scheduleBatch(registry, NOON + 2000, present(registry), pace)
    clock.ms = NOON + 10_000
    return typeof batch === 'string' ? Number.NaN : batch.startsAtMs - (NOON + 2000)
  })
  expect(starts.every((offMs) => offMs >= -2000 && offMs <= 0)).toBe(true)
  expect(Math.min(...starts)).toBeLessThan(-1000)
})

test('a skipped day is announced and releases nothing; its names go with the next batch', () => {
  const { registry, clock } = makeTestRegistry({ release: 'daily' })
  loadNames(registry, [{ name: 'kawa.pl', kind: 'normal', rivals: [] }], present(registry))
  scheduleBatch(registry, NOON + 1000, present(registry), { ...PACE, skip: true })
  expect(registry.names.get('kawa.pl')?.listedPurgeAtMs).toBe(NOON + 1000)
  clock.ms = NOON + 86_400_000
  present(registry)
  expect(registry.names.get('kawa.pl')?.stage).toBe('pending')
  scheduleBatch(registry, clock.ms + 1000, present(registry), PACE)
  clock.ms += 600_000
  present(registry)
  expect(registry.names.get('kawa.pl')?.stage).toBe('free')
})

test('a daily registry lists the announced start for every name of the batch', () => {
  expect(new Set(released(9).map(({ listedPurgeAt }) => listedPurgeAt))).toEqual(
    new Set(['2026-11-24T12:01:00.000Z']),
  )
})

test('the same seed gives the same batch and another seed another one', () => {
  expect(released(5)).toEqual(released(5))
  expect(released(6)).not.toEqual(released(5))
})

test('a batch is refused in the past, with nothing waiting, and by an exact registry', () => {
  const daily = makeTestRegistry({ release: 'daily' }).registry
  expect(scheduleBatch(daily, NOON, present(daily), PACE)).toBe('nothing_waits')
  expect(scheduleBatch(daily, NOON - 1, present(daily), PACE)).toBe('batch_in_the_past')
  const exact = makeTestRegistry().registry
  expect(scheduleBatch(exact, NOON, present(exact), PACE)).toBe('not_a_daily_registry')
})

test('a daily registry takes no instant of purge, and a batch of some names leaves the others waiting', () => {
  const { registry, clock } = makeTestRegistry({ release: 'daily' })
  const refused = loadNames(registry, [{ name: 'kawa.pl', purgeAtMs: NOON + 1 }], present(registry)).refused
  expect(refused).toEqual([{ name: 'kawa.pl', code: 'purge_at_not_taken' }])
  loadNames(
    registry,
    [
      { name: 'a.pl', kind: 'normal' },
      { name: 'b.pl', kind: 'normal' },
    ],
    present(registry),
  )
  scheduleBatch(registry, NOON + 1000, present(registry), PACE, new Set(['b.pl']))
  clock.ms = NOON + 600_000
  present(registry)
  const releases = new Map([...allTruth(registry)].map(({ name, releasedAt }) => [name, releasedAt !== null]))
  expect(releases).toEqual(
    new Map([
      ['a.pl', false],
      ['b.pl', true],
    ]),
  )
})

/** The order of release of a batch, and what a registrar could derive from `info` about its names. */
function orders(batchOrder: 'update' | 'drawn', seed = 7) {
  const { registry } = makeTestRegistry({ release: 'daily', batchOrder }, seed)
  loadNames(
    registry,
    names.map((name) => ({ name, kind: 'normal' })),
    present(registry),
  )
  const batch = scheduleBatch(registry, NOON + 60_000, present(registry), PACE)
  if (typeof batch === 'string') throw new Error(batch)
  return { released: batch.names, known: orderOfRelease(registry) }
}

test('who knows the update times knows the order of a batch, also of what is released already', () => {
  const { released: inBatch, known } = orders('update')
  expect(known).toEqual(inBatch)
  const { registry, clock } = makeTestRegistry({ release: 'daily' })
  loadNames(registry, [{ name: 'kawa.pl', kind: 'normal', rivals: [] }], present(registry))
  scheduleBatch(registry, NOON, present(registry), PACE)
  clock.ms = NOON + 60_000
  present(registry)
  expect(registry.names.get('kawa.pl')?.stage).toBe('free')
  expect(orderOfRelease(registry)).toEqual(['kawa.pl'])
})

test('a drawn order is another one than that of the updates, the same for a seed, and told to nobody', () => {
  const { released: drawn, known } = orders('drawn')
  expect(known).toBe('order_not_known')
  expect(drawn).not.toEqual(orders('update').released)
  expect(drawn).toEqual(orders('drawn').released)
  expect(drawn).not.toEqual(orders('drawn', 8).released)
  expect(drawn.toSorted()).toEqual(names.toSorted())
})
