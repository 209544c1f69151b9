import { expect, test } from 'vitest'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import { allTruth, type NameTruth } from '../../src/registry/truth.ts'
import { makeTestRegistry, NOON } from '../support/registry.ts'

const specs = Array.from({ length: 4000 }, (_, index) => ({
  name: `name${index}.pl`,
  purgeAtMs: NOON + 1000 + index,
}))

function run(seed: number, order = specs): NameTruth[] {
  const { registry, clock } = makeTestRegistry({}, seed)
  loadNames(registry, order, present(registry))
  clock.ms = NOON + 3_600_000
  present(registry)
  return [...allTruth(registry)]
}

test('the same seed replays the same truth to the last millisecond, another seed another', () => {
  expect(run(11)).toEqual(run(11))
  expect(run(12)).not.toEqual(run(11))
})

const fates = (truth: NameTruth[]) =>
  new Map(
    truth.map(({ name, kind, releasedAt, prior, winner }) => [
      name,
      {
        kind,
        releasedAt,
        by: winner?.clID,
        crDate: winner?.crDate,
        from: prior?.clID,
        upDate: prior?.upDate,
      },
    ]),
  )

test('the order of loading changes nothing about what comes of a name', () => {
  expect(fates(run(11, specs.toReversed()))).toEqual(fates(run(11)))
})

test('one name in five was ours before the purge, with an older crDate', () => {
  const truth = run(11)
  const own = truth.filter(({ prior }) => prior?.clID === 'droplock')
  expect(own.length / truth.length).toBeGreaterThan(0.17)
  expect(own.length / truth.length).toBeLessThan(0.23)
  expect(truth.every(({ prior }) => Date.parse(prior?.crDate ?? '') < NOON)).toBe(true)
  expect(truth.every(({ prior, winner }) => !winner || winner.crDate > (prior?.crDate ?? ''))).toBe(true)
})

test('kinds come in their shares, and a loading may bring shares of its own', () => {
  const counts = new Map<string, number>()
  for (const { kind } of run(11)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  for (const kind of ['premium', 'withdrawn', 'unreleased', 'refused']) {
    expect(counts.get(kind)).toBeGreaterThan(150)
    expect(counts.get(kind)).toBeLessThan(250)
  }
  const { registry } = makeTestRegistry()
  const mix = { premium: 0, withdrawn: 1, unreleased: 0, refused: 0 }
  const { records } = loadNames(registry, specs, present(registry), { mix, ownShare: 0 })
  expect(records.every(({ kind, prior }) => kind === 'withdrawn' && prior?.clID !== 'droplock')).toBe(true)
})
