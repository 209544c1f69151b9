import { expect, test } from 'vitest'
import { openSession } from '../../src/epp/session.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import { codeOf, createXml, infoXml, loginXml, textOf } from '../support/epp-client.ts'
import { ask, loggedIn, makeTestRegistry, NOON } from '../support/registry.ts'

function loadOne(kind: 'normal' | 'withdrawn' | 'unreleased', more: object = {}) {
  const world = makeTestRegistry()
  const spec = { name: 'kawa.pl', kind, purgeAtMs: NOON + 10_000, rivals: [], ...more }
  const { records } = loadNames(world.registry, [spec], present(world.registry))
  expect(records).toHaveLength(1)
  return { ...world, session: loggedIn(world.registry) }
}

test('a name is held until the millisecond of its purge and free from it on', () => {
  const { clock, session } = loadOne('normal')
  clock.ms = NOON + 9_999
  expect(codeOf(ask(session, createXml('kawa.pl')))).toBe(2302)
  clock.ms = NOON + 10_000
  expect(codeOf(ask(session, infoXml('kawa.pl')))).toBe(2303)
  const created = ask(session, createXml('kawa.pl'))
  expect(codeOf(created)).toBe(1000)
  expect(textOf(created, 'crDate')).toBe('2026-11-24T12:00:10.000Z')
  expect(textOf(created, 'exDate')).toBe('2027-11-24T12:00:10.000Z')
})

test('until the purge info shows the old registration, after the create the new one, with a later crDate', () => {
  const { clock, session } = loadOne('normal', { priorClid: 'registrar-12', priorCrDateMs: NOON - 1 })
  const before = ask(session, infoXml('kawa.pl'))
  expect(textOf(before, 'clID')).toBe('registrar-12')
  expect(textOf(before, 'crDate')).toBe('2026-11-24T11:59:59.999Z')
  expect(before).toContain('<domain:status s="pendingDelete"/>')
  clock.ms = NOON + 10_500
  ask(session, createXml('kawa.pl'))
  const after = ask(session, infoXml('kawa.pl'))
  expect(textOf(after, 'clID')).toBe('droplock')
  expect(textOf(after, 'crDate')).toBe('2026-11-24T12:00:10.500Z')
  expect(textOf(after, 'roid')).not.toBe(textOf(before, 'roid'))
  expect(after).toContain('<domain:status s="ok"/>')
  expect(after).toContain('<rgp:rgpStatus s="addPeriod"/>')
})

test('redemption and pendingDelete differ in the RGP status alone', () => {
  const { registry, clock } = makeTestRegistry()
  const purgeAtMs = NOON + 20 * 86_400_000
  loadNames(registry, [{ name: 'kawa.pl', kind: 'unreleased', purgeAtMs }], present(registry))
  const session = loggedIn(registry)
  const redemption = ask(session, infoXml('kawa.pl'))
  clock.ms = purgeAtMs - 5 * 86_400_000
  const pending = ask(session, infoXml('kawa.pl'))
  expect(redemption).toContain('<rgp:rgpStatus s="redemptionPeriod"/>')
  expect(pending).toContain('<rgp:rgpStatus s="pendingDelete"/>')
  expect(redemption).toContain('<domain:status s="pendingDelete"/>')
  expect(pending).toContain('<domain:status s="pendingDelete"/>')
})

test('extensions that are not in the login are neither shown nor accepted: no RGP status, no fee', () => {
  const { registry } = loadOne('unreleased')
  const session = openSession('plain', registry)
  ask(session, loginXml({ extensions: [] }))
  const info = ask(session, infoXml('kawa.pl'))
  expect(codeOf(info)).toBe(1000)
  expect(info).not.toContain('extension')
  expect(codeOf(ask(session, createXml('other.pl', { fee: '8.00' })))).toBe(2002)
})

test('a withdrawn name is ok again under its old clID and crDate, and never free', () => {
  const { clock, session } = loadOne('withdrawn', { restoreAtMs: NOON + 10_200 })
  clock.ms = NOON + 10_199
  const before = ask(session, infoXml('kawa.pl'))
  expect(before).toContain('<domain:status s="pendingDelete"/>')
  clock.ms = NOON + 10_200
  const after = ask(session, infoXml('kawa.pl'))
  expect(after).toContain('<domain:status s="ok"/>')
  expect(after).not.toContain('rgpStatus')
  expect(textOf(after, 'clID')).toBe(textOf(before, 'clID'))
  expect(textOf(after, 'crDate')).toBe(textOf(before, 'crDate'))
  clock.ms = NOON + 86_400_000
  expect(codeOf(ask(session, createXml('kawa.pl')))).toBe(2302)
})

test('a name that is never released is pendingDelete a week after its listed purge', () => {
  const { clock, session } = loadOne('unreleased')
  clock.ms = NOON + 7 * 86_400_000
  expect(ask(session, infoXml('kawa.pl'))).toContain('<domain:status s="pendingDelete"/>')
  expect(codeOf(ask(session, createXml('kawa.pl')))).toBe(2302)
})

test('a name that comes back is a new life, and the truth keeps the old one', async () => {
  const { allTruth } = await import('../../src/registry/truth.ts')
  const { registry, clock, session } = loadOne('normal')
  clock.ms = NOON + 10_000
  ask(session, createXml('kawa.pl'))
  const again = { name: 'kawa.pl', kind: 'normal', purgeAtMs: NOON + 20_000, rivals: [] } as const
  expect(loadNames(registry, [again], present(registry)).records).toHaveLength(1)
  expect(loadNames(registry, [again], present(registry)).refused).toEqual([
    { name: 'kawa.pl', code: 'already_pending' },
  ])
  const lives = [...allTruth(registry)]
  expect(lives.map(({ stage }) => stage)).toEqual(['registered', 'pending'])
  expect(lives[0]?.winner?.clID).toBe('droplock')
})

test.each([
  [{ name: 'no_name.pl', purgeAtMs: NOON + 1 }, 'invalid_name'],
  [{ name: 'kawa.de', purgeAtMs: NOON + 1 }, 'zone_not_served'],
  [{ name: 'a.kawa.pl', purgeAtMs: NOON + 1 }, 'zone_not_served'],
  [{ name: 'com.pl', purgeAtMs: NOON + 1 }, 'zone_not_served'],
  [{ name: 'kawa.pl' }, 'purge_at_required'],
  [{ name: 'kawa.pl', purgeAtMs: NOON - 1 }, 'purge_at_past'],
  [{ name: 'kawa.pl', purgeAtMs: NOON + 1, priorCrDateMs: NOON }, 'prior_cr_date_not_past'],
])('loading %j is refused as %s and stops no other name', (spec, code) => {
  const { registry } = makeTestRegistry()
  const good = { name: 'good.com.pl', purgeAtMs: NOON + 1 }
  const loaded = loadNames(registry, [spec, good], present(registry))
  expect(loaded.refused).toEqual([{ name: spec.name, code }])
  expect(loaded.records.map(({ name }) => name)).toEqual(['good.com.pl'])
})

test('a withdrawn name that drops soon is on the list for half of the time until then', () => {
  const { registry, clock } = makeTestRegistry()
  const names = Array.from({ length: 200 }, (_, index) => `name${index}.pl`)
  loadNames(
    registry,
    names.map((name) => ({ name, kind: 'withdrawn', purgeAtMs: NOON + 10_000 })),
    present(registry),
  )
  clock.ms = NOON + 4_999
  present(registry)
  expect([...registry.names.values()].every(({ stage }) => stage === 'pending')).toBe(true)
  clock.ms = NOON + 11_000
  present(registry)
  const restoredAts = [...registry.names.values()].map(({ restoredAtMs }) => restoredAtMs ?? 0)
  expect(Math.min(...restoredAts)).toBeLessThan(NOON + 10_000)
  expect(Math.max(...restoredAts)).toBeGreaterThan(NOON + 10_000)
})
