import { expect, test } from 'vitest'
import { readConfig, readRivalConfig } from '../src/config.ts'
import { registrySchema } from '../src/registry/settings.ts'

test('nothing needs to be set: two registries on 7700 and 7701, control on 7799', () => {
  const config = readConfig({})
  expect(config.controlPort).toBe(7799)
  expect(config.registries.map(({ id, port, release }) => [id, port, release])).toEqual([
    ['exact', 7700, 'exact'],
    ['daily', 7701, 'daily'],
  ])
  expect(config.registries.every(({ autoNames }) => autoNames === undefined)).toBe(true)
})

test('the launcher can move the ports, set the password and start the autoNames', () => {
  const config = readConfig({
    DROPLOCK_SIM_EPP_PORT: '17700',
    DROPLOCK_SIM_PASSWORD: 'other-secret',
    DROPLOCK_SIM_AUTO_NAMES: '1',
  })
  const settings = config.registries.map((option) => registrySchema.parse(option))
  expect(settings.map(({ port }) => port)).toEqual([17_700, 17_701])
  expect(settings.map(({ accounts }) => accounts[0]?.password)).toEqual(['other-secret', 'other-secret'])
  expect(settings.every(({ autoNames }) => autoNames?.namesPerRound === 12)).toBe(true)
})

test('registries can be described in one JSON line', () => {
  const line = JSON.stringify([
    { id: 'one', release: 'exact', zones: ['pl'], port: 9000, overRate: 'cut', mix: { premium: 0.2 } },
  ])
  const [one] = readConfig({ DROPLOCK_SIM_REGISTRIES: line }).registries
  expect(one).toMatchObject({ id: 'one', port: 9000, overRate: 'cut', mix: { premium: 0.2, refused: 0.05 } })
})

test('a registry described in the line takes its profile, and overrules it', () => {
  const line = JSON.stringify([{ id: 'one', zones: ['co'], profile: 'co-like', idleMs: 1000 }])
  const [one] = readConfig({ DROPLOCK_SIM_REGISTRIES: line }).registries
  expect(one).toMatchObject({ idleMs: 1000, slowExistsMs: 2000, failedChecksCount: true })
  expect(one?.accounts?.[0]?.limits).toMatchObject({ sessionsMax: 100 })
})

test('validation is switched on by the folder of the schemas', () => {
  expect(readConfig({}).schemasFolder).toBeUndefined()
  expect(readConfig({ DROPLOCK_SIM_SCHEMAS: 'schemas' }).schemasFolder).toBe('schemas')
})

test('a rival process needs only its registry to be set', () => {
  expect(() => readRivalConfig({})).toThrow(/^rival: DROPLOCK_RIVAL_REGISTRY/)
  expect(readRivalConfig({ DROPLOCK_RIVAL_REGISTRY: 'exact' }).rivals).toMatchObject([
    { clid: 'rival-a', strength: 1, earlyMs: 60_000, knowsOrder: false },
  ])
})

test('a process can have several rivals, each with its own settings over the common ones', () => {
  const several = [
    { clid: 'rival-b', names: ['a.pl'], port: 9000 },
    { registryId: 'daily', knowsOrder: true },
  ]
  const { rivals } = readRivalConfig({
    DROPLOCK_RIVAL_REGISTRY: 'exact',
    DROPLOCK_RIVAL_EARLY_MS: '5000',
    DROPLOCK_RIVALS: JSON.stringify(several),
  })
  expect(rivals).toMatchObject([
    { registryId: 'exact', clid: 'rival-b', names: ['a.pl'], port: 9000, earlyMs: 5000 },
    { registryId: 'daily', clid: 'rival-a', knowsOrder: true, earlyMs: 5000 },
  ])
})

test.each([
  [{ DROPLOCK_SIM_CONTROL_PORT: 'high' }, 'DROPLOCK_SIM_CONTROL_PORT'],
  [{ DROPLOCK_SIM_CONTROL_PORT: '' }, 'DROPLOCK_SIM_CONTROL_PORT'],
  [{ DROPLOCK_SIM_EPP_PORT: '70000' }, 'DROPLOCK_SIM_EPP_PORT'],
  [{ DROPLOCK_SIM_SEED: '1.5' }, 'DROPLOCK_SIM_SEED'],
  [{ DROPLOCK_SIM_REGISTRIES: '{' }, 'DROPLOCK_SIM_REGISTRIES: is not JSON'],
  [{ DROPLOCK_SIM_REGISTRIES: '[]' }, 'DROPLOCK_SIM_REGISTRIES'],
  [
    { DROPLOCK_SIM_REGISTRIES: '[{"id":"a","release":"never","zones":["pl"]}]' },
    'DROPLOCK_SIM_REGISTRIES.0.release',
  ],
  [{ DROPLOCK_SIM_PASSWORD: 'short' }, 'DROPLOCK_SIM_PASSWORD'],
])('%j is refused in one line that names the variable', (env, start) => {
  expect(() => readConfig(env)).toThrow(new RegExp(`^registry-sim: ${start.replaceAll('.', '\\.')}[^\n]*$`))
})
