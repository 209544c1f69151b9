import { expect, test } from 'vitest'
import { answer } from '../../src/epp/answer.ts'
import { openSession } from '../../src/epp/session.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import { checkXml, codeOf, createXml, infoXml, loginXml, pollXml } from '../support/epp-client.ts'
import { ask, loggedIn, makeTestRegistry, NOON, violationsOf, withProfile } from '../support/registry.ts'

test('nz-like is closed outside its hour: a login is 2500 and counted, an open session ends', () => {
  const { registry, clock } = withProfile('nz-like')
  clock.ms = Date.parse('2026-11-25T01:59:59.999Z')
  const early = openSession('early', registry)
  expect(codeOf(ask(early, loginXml({ extensions: [] })))).toBe(2500)
  clock.ms += 1
  const session = loggedIn(registry)
  expect(codeOf(ask(session, pollXml))).toBe(1300)
  const { violations } = registry.accounts.get('droplock') ?? {}
  clock.ms = Date.parse('2026-11-25T03:00:00Z')
  const late = answer(session, Buffer.from(pollXml))
  expect([codeOf(late.xml ?? ''), late.after]).toEqual([2500, 'end'])
  expect(violations?.closedHours).toBe(2)
})

test('nz-like runs one transform a second on a connection; an early one costs 10 s, each further one 10 s more', () => {
  const { registry, clock } = withProfile('nz-like')
  const startMs = Date.parse('2026-11-25T02:00:00Z')
  clock.ms = startMs
  const session = loggedIn(registry)
  const other = loggedIn(registry)
  const createAt = (afterMs: number, by = session) => {
    clock.ms = startMs + afterMs
    return codeOf(ask(by, createXml(`name${afterMs}.pl`)))
  }
  expect(createAt(0)).toBe(1000)
  expect(createAt(1000)).toBe(1000)
  expect(createAt(1999)).toBe(2400)
  expect(createAt(2000)).toBe(2400)
  expect(createAt(2000, other)).toBe(1000)
  expect(codeOf(ask(session, infoXml('name0.pl')))).toBe(1000)
  expect(createAt(21_999)).toBe(2400)
  expect(createAt(32_000)).toBe(1000)
  expect(registry.names.has('name1999.pl')).toBe(false)
  expect(violationsOf(session).earlyTransforms).toBe(3)
})

test('uk-like shows the second of the drop in a check, and drops the name then', () => {
  const { registry, clock } = makeTestRegistry({ profile: 'uk-like', zones: ['uk'] })
  loadNames(
    registry,
    [{ name: 'kawa.uk', kind: 'normal', purgeAtMs: NOON + 56_400, rivals: [] }],
    present(registry),
  )
  const session = loggedIn(registry)
  expect(ask(session, checkXml(['kawa.uk']))).toContain(
    '<domain:reason>Drop 2026-11-24T12:00:57Z</domain:reason>',
  )
  clock.ms = NOON + 56_999
  expect(codeOf(ask(session, createXml('kawa.uk')))).toBe(2302)
  clock.ms = NOON + 57_000
  expect(codeOf(ask(session, createXml('kawa.uk')))).toBe(1000)
})

/** When 200 names are released, in ms after their listed instant. */
function randomReleases(seed: number): number[] {
  const { registry, clock } = makeTestRegistry({ profile: 'nl-like', zones: ['nl'] }, seed)
  const specs = Array.from({ length: 200 }, (_, index) => ({
    name: `name${index}.nl`,
    kind: 'normal' as const,
    purgeAtMs: NOON,
  }))
  const { records } = loadNames(registry, specs, present(registry))
  clock.ms = NOON + 3_600_000
  present(registry)
  return records.map(({ releasedAtMs }) => (releasedAtMs ?? 0) - NOON)
}

test('nl-like releases a name at a random time within the hour, the same for the same seed', () => {
  const seen = randomReleases(1)
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...seen)).toBeLessThanOrEqual(3_600_000)
  expect(new Set(seen.map((ms) => Math.floor(ms / 600_000))).size).toBe(6)
  expect(randomReleases(1)).toEqual(seen)
  expect(randomReleases(2)).not.toEqual(seen)
})
