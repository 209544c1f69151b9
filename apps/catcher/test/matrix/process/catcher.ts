import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROFILES } from '@droplock/epp/profiles/profiles'
import { hasDropHosts } from '@droplock/epp/profiles/registrar-config'
import type { RegistryProfileId } from '@droplock/rules/registries'
import { endGently } from '../../support/process.ts'
import { compileCache } from '../../support/testbed.ts'
import { waitUntil } from '../../support/wait-until.ts'
import { countFaults } from './faults.ts'
import type { SimulatorProcess } from './simulator.ts'
import { accountOf } from './trial.ts'

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url))
const PASSWORD = 'sim-secret-1'

/** At a registry that counts by minutes, a starting catcher waits one minute before it logs in. */
const LOGIN_MS_MAX = 120_000

/** Starts the catcher as a process, for our accounts at registries of these kinds. */
export function spawnCatcher(
  databaseUrl: string,
  folder: string,
  caFile: string,
  profiles: readonly RegistryProfileId[],
): ChildProcess {
  const credentials = profiles.map((profile) => [accountOf(profile), { password: PASSWORD, caFile }])
  return spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...compileCache,
      DATABASE_URL: databaseUrl,
      DROPLOCK_EPP_CREDENTIALS: JSON.stringify(Object.fromEntries(credentials)),
      DROPLOCK_JOURNAL_FOLDER: join(folder, 'journal'),
      DROPLOCK_LOG_LEVEL: 'error',
      // Hellos are sent all the time, so that faults can be injected into them.
      DROPLOCK_CLOCK_EVERY_MS: '10000',
    },
  })
}

/**
 * Ends the catcher, which logs out of every session. Then starts one for each account with faults that still wait for a logout, as
 * often as time allows. One for each account, since a login takes a minute where minutes are counted. Throws when one does not end
 * with 0, whatever fault was injected into its logouts.
 */
export async function endUntilInjected(
  simulator: SimulatorProcess,
  profiles: readonly RegistryProfileId[],
  start: (profiles: readonly RegistryProfileId[]) => ChildProcess,
  first: ChildProcess,
  forMs: number,
): Promise<void> {
  const untilMs = Date.now() + forMs
  await end(first)
  const restartUntilMet = async (profile: RegistryProfileId) => {
    while (Date.now() < untilMs && (await logoutsWait(simulator, profile))) {
      const catcher = start([profile])
      await waitUntil(`${profile} is logged in`, () => isLoggedIn(simulator, profile), LOGIN_MS_MAX)
      await end(catcher)
    }
  }
  await Promise.all(profiles.map(restartUntilMet))
}

async function end(catcher: ChildProcess): Promise<void> {
  const ended = await endGently(catcher)
  if (ended !== 0) throw new Error(`the catcher ended with ${String(ended)}`)
}

async function logoutsWait(simulator: SimulatorProcess, profile: RegistryProfileId): Promise<boolean> {
  const { uninjected } = await countFaults(simulator, profile)
  return uninjected.some((fault) => fault.endsWith(' on logout'))
}

/** Whether every session is open that an account has while nothing drops. */
async function isLoggedIn(simulator: SimulatorProcess, profile: RegistryProfileId): Promise<boolean> {
  const { accounts } = JSON.parse(await simulator.get(profile, 'violations')) as {
    readonly accounts: readonly { readonly clid: string; readonly sessions: number }[]
  }
  const sessionsMax = hasDropHosts({ profile }) ? 1 : PROFILES[profile].limits.sessionsMax
  return accounts.some(({ clid, sessions }) => clid === 'droplock' && sessions >= sessionsMax)
}
