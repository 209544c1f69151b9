import { expect, test } from 'vitest'
import { allProfiles, runProfile } from './profiles/run-profile.ts'

/** A share of the hour of `npm run trust -- profiles`, on the same virtual clock. */
const CATCHING_MS = 3 * 60_000

/** Idle time is cheap to simulate, so this is the whole hour, which is longer than most idle limits. */
const WAITING_MS = 3_600_000

const mistakes = { violations: {}, lost: [], refused: [] }

test.each(allProfiles)(
  '%s: catching at full strength breaks no rule of the registry and loses no session',
  async (name) => {
    const hour = await runProfile(name, CATCHING_MS, 'full')
    expect(hour).toMatchObject(mistakes)
    expect(hour.caught.unknown).toBe(0)
    expect(hour.caught.creates).toBeGreaterThan(0)
  },
)

test.each(allProfiles)('%s: an hour without work breaks no rule and loses no session', async (name) => {
  expect(await runProfile(name, WAITING_MS, 'none')).toMatchObject(mistakes)
})
