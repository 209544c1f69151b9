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

/** Where a registry counts by minutes, a catcher that starts waits one out before it logs in. */
const LOGIN_MS_MAX = 120_000

/** The catcher as a process, for our accounts at registries of these kinds. */
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
      // Hellos are sent, and injected, all the time.
      DROPLOCK_CLOCK_EVERY_MS: '10000',
    },
  })
}

/**
 * Ends the catcher, which logs out of every session, and then starts one for each account whose faults still wait for a logout, as
 * often as there is time for. Each by itself: where minutes are counted a login takes one. Throws when one does not end as it
 * should, whatever fault its logouts met.
 */
export async function endUntilStruck(
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
  const { unstruck } = await countFaults(simulator, profile)
  return unstruck.some((fault) => fault.endsWith(' on logout'))
}

/** By every session that is open while nothing drops. */
async function isLoggedIn(simulator: SimulatorProcess, profile: RegistryProfileId): Promise<boolean> {
  const { accounts } = JSON.parse(await simulator.get(profile, 'violations')) as {
    readonly accounts: readonly { readonly clid: string; readonly sessions: number }[]
  }
  const sessionsMax = hasDropHosts({ profile }) ? 1 : PROFILES[profile].limits.sessionsMax
  return accounts.some(({ clid, sessions }) => clid === 'droplock' && sessions >= sessionsMax)
}
