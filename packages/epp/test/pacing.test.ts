import { type ContractLimits, type RegistryProfileId, registryProfiles } from '@droplock/rules/registries'
import { describe, expect, test } from 'vitest'
import { hasDropHosts } from '../src/profiles/registrar-config.ts'
import { catchWith, RULES, type StrictSetup, strictSetup } from './support/strict-setup.ts'

function nothingWentWrong({ registry }: StrictSetup): void {
  expect(Object.fromEntries(registry.violations)).toEqual({})
  expect(registry.lost).toBe(0)
}

/** The commands that twenty minutes allow: fewer than at five a second where another rule is stricter. */
const COMMANDS_MIN: Partial<Record<RegistryProfileId, number>> = {
  'co-like': 4_600,
  'fr-like': 1_600,
  'ee-like': 1_600,
  'uk-like': 300,
  // A fifth of the rate belongs to the everyday host.
  'nz-like': 4_000,
  'dropzone-like': 4_000,
}

const ids = Object.keys(registryProfiles) as RegistryProfileId[]

describe.each(ids)('%s', (id) => {
  test('a minute at full strength breaks no rule of the registry and loses no session', async () => {
    const on = await strictSetup(id)
    const catching = catchWith(on, 120)
    await on.clock.pass(60_000)
    catching.stop()
    nothingWentWrong(on)
    expect(on.registry.counted.creates).toBeGreaterThan(60)
    expect(on.registry.counted.sessionsMost).toBe(
      RULES[id].sessions - (hasDropHosts({ profile: id }) ? 1 : 0),
    )
  })

  test('a minute of slots that are taken at once, before those who wait, breaks no rule either', async () => {
    const on = await strictSetup(id)
    const catching = catchWith(on, 60, true)
    await on.clock.pass(60_000)
    catching.stop()
    nothingWentWrong(on)
    expect(on.registry.counted.creates).toBeGreaterThan(60)
  })

  // `npm run trust -- profiles` does this for an hour at full strength.
  test('twenty minutes of catching break no rule of the registry and lose no session', async () => {
    const on = await strictSetup(id, { commandsPerSecondMax: 5 })
    const catching = catchWith(on, 12)
    await on.clock.pass(1_200_000)
    catching.stop()
    nothingWentWrong(on)
    expect(on.registry.counted.commands).toBeGreaterThan(COMMANDS_MIN[id] ?? 5_000)
  })

  test('hours of silence lose no session', async () => {
    const on = await strictSetup(id)
    await on.clock.pass(2 * 3_600_000)
    nothingWentWrong(on)
    expect(on.pool.status().ready).toBe(RULES[id].sessions - (hasDropHosts({ profile: id }) ? 1 : 0))
  })
})

test.each<[RegistryProfileId, ContractLimits, string]>([
  ['nl-like', { commandsPerSecondMax: 40 }, 'commands per second'],
  ['nl-like', { sessionsMax: 6 }, 'sessions'],
  ['ee-like', { commandsPerMinuteMax: 160 }, 'commands per minute'],
  ['ee-like', { errorPauseMs: 0, sessionsMax: 1 }, 'a blocked session'],
  ['nz-like', { sessionGapMs: 0 }, 'gap between creates'],
  ['fr-like', { loginPauseMs: 0 }, 'rest after login'],
  ['co-like', { nameGapMs: 0 }, 'gap of a name'],
  ['uk-like', { failedCreatesPerDayMax: 2_000 }, 'failures a day'],
  ['no-like', { sessionCommandsMax: 1_000_000 }, 'commands of a session'],
])('the registry of these tests notices %s with %o', async (id, limits, rule) => {
  const on = await strictSetup(id, limits)
  const catching = catchWith(on, 20)
  await on.clock.pass(600_000)
  catching.stop()
  expect([...on.registry.violations.keys()]).toContain(rule)
})

test('on a single session every error is followed by the required pause', async () => {
  const on = await strictSetup('ee-like', { sessionsMax: 1 })
  const catching = catchWith(on, 4)
  await on.clock.pass(600_000)
  catching.stop()
  nothingWentWrong(on)
  expect(on.registry.counted.creates).toBeGreaterThan(300)
})

test('a successor waits until the predecessor’s minute is over, and then opens its sessions', async () => {
  const { clock, registry, pool } = await strictSetup('ee-like', {}, { rateInUse: true })
  await clock.pass(10_000)
  expect(pool.status().ready).toBe(4)
  expect(Object.fromEntries(registry.violations)).toEqual({})
})
