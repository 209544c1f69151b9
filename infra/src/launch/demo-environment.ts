import { asService } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import {
  catcherEnv,
  dropListAt,
  host,
  ourClid,
  type SimulatedRegistry,
  simulatorEnv,
} from '../environment/registries.ts'
import { sandboxRegistry, sandboxWorkerEnv, seedSandbox } from '../environment/sandbox.ts'
import { accountIdOf, seedDemo } from '../seed/seed-demo.ts'
import { seedStaff } from '../seed/seed-staff.ts'
import { polishZones, type ZoneTiming } from '../seed/zones.ts'
import { type AssignedPort, requiredPort } from './assign-ports.ts'
import type { Output } from './output.ts'

type DemoDatabase = { readonly url: string; readonly mode: 'live' | 'test'; readonly stateFolder: string }

/**
 * Puts the demo's registries, resellers and staff into the database, says keys and passwords, and returns the variables by
 * which the apps find the registries. Throws `SeedRefused` where a registry account is real.
 */
export async function seed(
  database: DemoDatabase,
  ports: readonly AssignedPort[],
  output: Output,
): Promise<Readonly<Record<string, string>>> {
  const db = openDatabase({ url: database.url, connectionsMax: 1, applicationName: 'droplock-seed' })
  try {
    const plan = { registries: demoRegistries(ports), mode: database.mode, allowed: true }
    const resellers = await seedDemo({ db, newId }, plan)
    if (database.mode === 'test') await seedSandbox(asService({ db, newId }), sandboxPortOf(ports))
    for (const { name, currency, apiKey } of resellers)
      output.say(`demo reseller ${name} (${currency}): ${apiKey}`)
    for (const { email, password } of await seedStaff({ db, newId }, true))
      output.say(`demo sign-in to the console: ${email} ${password}`)
  } finally {
    await db.destroy()
  }
  return demoEnvironment(ports, database, new Date())
}

/** Everything is on this machine: what one side records, the other has within seconds. */
const SETTLING_MS = 10_000

const limits = { sessionsMax: 4, commandsPerSecondMax: 40 } as const

/** Its registry lists a name at least two and a half minutes before it drops: two to order it, half a one to prepare. */
const timing: ZoneTiming = {
  cutoffLeadSeconds: 30,
  dropLastsSeconds: 86_400,
  earlySeconds: 0,
  lateSeconds: 10,
  graceSeconds: 20,
  // Submissions follow a registry that is late, in steps of two seconds.
  driftLaterSecondsMax: 20,
}
/** A batch starts up to three seconds late and may run ahead of its prediction by little. */
const dailyTiming: ZoneTiming = { ...timing, earlySeconds: 2, lateSeconds: 30 }
/**
 * The registry with batches lists its names twelve minutes ahead: a card order holds its name until five minutes before the
 * cut-off, and the card's number has to be typed in the meantime.
 */
const dailyNames = { leadMs: 720_000 } as const
/** There are new names every few minutes, so the list is read more often than once a minute. */
const FEED_POLL_MS = 10_000
/** Within the time from cut-off to drop. */
const PREPARE_LEAD_MS = 25_000

/** What `npm start` shows: one registry with an instant for every name, one with batches. Their ports lie side by side. */
function demoRegistries(ports: readonly AssignedPort[]): readonly SimulatedRegistry[] {
  const port = requiredPort(ports, 'DROPLOCK_SIM_EPP_PORT')
  const polish = polishZones().map(({ name }) => name)
  const common = { host, clid: ourClid, ...limits }
  return [
    { ...common, id: 'exact', port, zones: polish, timing },
    {
      ...common,
      id: 'daily',
      release: 'daily',
      autoNames: dailyNames,
      port: port + 1,
      zones: ['com', 'net'],
      timing: dailyTiming,
    },
  ]
}

/** The third of the simulator's ports, which lie side by side. */
function sandboxPortOf(ports: readonly AssignedPort[]): number {
  return requiredPort(ports, 'DROPLOCK_SIM_EPP_PORT') + 2
}

/** The variables by which simulator, worker and catcher find the registries; a live database has no sandbox. */
function demoEnvironment(
  ports: readonly AssignedPort[],
  { mode, stateFolder }: DemoDatabase,
  startedAt: Date,
): Record<string, string> {
  const simulated = [...demoRegistries(ports), sandboxRegistry(sandboxPortOf(ports))]
  const registries = simulated.filter(({ sandbox }) => sandbox === undefined || mode === 'test')
  const control = controlOf(ports)
  const reports = registries.map(({ id }) => ({
    registryAccountId: accountIdOf(id),
    url: `${control}/registries/${id}/report.csv`,
    account: ourClid,
    // The simulator's books begin with it.
    since: startedAt.toISOString(),
  }))
  return {
    DROPLOCK_ACCOUNT_REPORTS: JSON.stringify(reports),
    DROPLOCK_RECONCILE_CLOSED_AFTER_MS: '0',
    DROPLOCK_RECONCILE_SETTLING_MS: String(SETTLING_MS),
    ...simulatorEnv(simulated, stateFolder),
    ...registryEnvironment(registries, { control, folder: stateFolder }),
    ...(mode === 'test' && sandboxWorkerEnv(control)),
  }
}

/** Where the simulator's control API is. */
export function controlOf(ports: readonly AssignedPort[]): string {
  return `http://${host}:${requiredPort(ports, 'DROPLOCK_SIM_CONTROL_PORT')}`
}

/** The variables by which worker and catcher find simulated registries, and keep pace with them. */
export function registryEnvironment(
  registries: readonly SimulatedRegistry[],
  { control, folder }: { readonly control: string; readonly folder: string },
): Readonly<Record<string, string>> {
  const feeds = registries.map(({ id }) => ({
    registryId: id,
    url: dropListAt(control, id),
  }))
  return {
    ...catcherEnv(registries, folder),
    DROPLOCK_FEEDS: JSON.stringify(feeds),
    DROPLOCK_FEED_POLL_MS: String(FEED_POLL_MS),
    DROPLOCK_PUBLICATION: 'at_once',
    DROPLOCK_PREPARE_LEAD_MS: String(PREPARE_LEAD_MS),
  }
}
