import { expect, test } from 'vitest'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import type { RegistryOptions } from '../../src/registry/settings.ts'
import { allTruth, truthOf } from '../../src/registry/truth.ts'
import { codeOf, createXml, infoXml, textOf } from '../support/epp-client.ts'
import { ask, loggedIn, makeTestRegistry, NOON } from '../support/registry.ts'

const contested = {
  name: 'kawa.pl',
  kind: 'normal',
  purgeAtMs: NOON,
  rivals: [{ clid: 'rival-a', delayMs: 40 }],
} as const

test('a rival registers at its own instant, however late anybody looks', () => {
  const { registry, clock } = makeTestRegistry()
  loadNames(registry, [contested], present(registry))
  clock.ms = NOON + 3_600_000
  const info = ask(loggedIn(registry), infoXml('kawa.pl'))
  expect(textOf(info, 'clID')).toBe('rival-a')
  expect(textOf(info, 'crDate')).toBe('2026-11-24T12:00:00.040Z')
})

test('a create before the rival wins, and the rival gets 2302; a create at or after it loses', () => {
  for (const [afterPurgeMs, code, rivalCode] of [
    [39, 1000, 2302],
    [40, 2302, 1000],
  ] as const) {
    const { registry, clock } = makeTestRegistry()
    loadNames(registry, [contested], present(registry))
    const session = loggedIn(registry)
    clock.ms = NOON + afterPurgeMs
    expect(codeOf(ask(session, createXml('kawa.pl')))).toBe(code)
    clock.ms = NOON + 1000
    present(registry)
    const record = registry.names.get('kawa.pl')
    const arrivals = record ? truthOf(record).arrivals : []
    expect(arrivals.find(({ clID }) => clID === 'rival-a')?.code).toBe(rivalCode)
    expect(arrivals.find(({ clID }) => clID === 'droplock')?.code).toBe(code)
    expect(record?.winner?.clID).toBe(code === 1000 ? 'droplock' : 'rival-a')
  }
})

/** How many of 2,000 uncaught names each holder ends with. */
function winners(options: Partial<RegistryOptions>): Map<string | undefined, number> {
  const { registry, clock } = makeTestRegistry(options)
  const specs = Array.from({ length: 2000 }, (_, index) => ({
    name: `name${index}.pl`,
    kind: 'normal' as const,
    purgeAtMs: NOON + index,
  }))
  loadNames(registry, specs, present(registry))
  clock.ms = NOON + 3_600_000
  present(registry)
  const counts = new Map<string | undefined, number>()
  for (const { winner } of allTruth(registry)) counts.set(winner?.clID, (counts.get(winner?.clID) ?? 0) + 1)
  return counts
}

test('a rival of strength 1 registers every name that no other does, one of strength 0 none', () => {
  const always = { clid: 'rival-a', share: 1, delayMs: { min: 1, max: 5 } }
  const never = { clid: 'rival-b', share: 0, delayMs: { min: 1, max: 1 } }
  expect(winners({ rivals: [always, never] })).toEqual(new Map([['rival-a', 2000]]))
})

test('a rival tries its share of the names, and a stronger rival wins more often', () => {
  const counts = winners({
    rivals: [
      { clid: 'rival-a', share: 0.5, delayMs: { min: 1, max: 100 } },
      { clid: 'rival-b', share: 0.5, delayMs: { min: 50, max: 500 } },
    ],
  })
  const [a = 0, b = 0, unregistered = 0] = ['rival-a', 'rival-b', undefined].map((clid) => counts.get(clid))
  expect(a).toBeGreaterThan(b)
  expect(unregistered).toBeGreaterThan(400)
  expect(unregistered).toBeLessThan(600)
})

test('rivals leave premium and reserved names alone', () => {
  const { registry, clock } = makeTestRegistry({ rivals: [{ clid: 'rival-a', share: 1 }] })
  const kinds = ['premium', 'refused', 'unreleased', 'withdrawn'] as const
  loadNames(
    registry,
    kinds.map((kind) => ({ name: `${kind}.pl`, kind, purgeAtMs: NOON })),
    present(registry),
  )
  clock.ms = NOON + 3_600_000
  present(registry)
  expect([...allTruth(registry)].filter(({ winner }) => winner !== null)).toEqual([])
})
