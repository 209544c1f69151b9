import { join } from 'node:path'
import { accountIdOf, type DemoRegistry } from '../seed/seed-demo.ts'
import { polishZones, type ZoneTiming } from '../seed/zones.ts'
import { type AssignedPort, portOf } from './assign-ports.ts'

/** Everything is on this machine: what one side has, the other hears of in seconds. */
const settlingMs = 10_000

/** Our login at the simulated registries, good for nothing else. */
const clid = 'droplock'
const password = 'sim-secret-1'
const host = '127.0.0.1'
const limits = { sessionsMax: 4, commandsPerSecondMax: 40 } as const

/** Its registry lists a name at least two and a half minutes before it drops: two to order it, half a one to prepare. */
const timing: ZoneTiming = {
  cutoffLeadSeconds: 30,
  dropLastsSeconds: 86_400,
  earlySeconds: 0,
  lateSeconds: 10,
  graceSeconds: 20,
}
/** A batch starts up to three seconds late and may run ahead of its prediction by little. */
const dailyTiming: ZoneTiming = { ...timing, earlySeconds: 2, lateSeconds: 30 }
/**
 * The registry with batches lists its names twelve minutes ahead: a card order holds its name until five minutes before the
 * cut-off, and somebody has to type the card's number meanwhile.
 */
const dailyAutoNames = { leadMs: 720_000 } as const
/** New names every few minutes want a look at the list more often than once a minute. */
const feedPollMs = 10_000
/** Within the time from cut-off to drop. */
const prepareLeadMs = 25_000

/** What `npm start` shows: one registry with an instant for every name, one with batches. Their ports lie side by side. */
export function demoRegistries(ports: readonly AssignedPort[]): readonly DemoRegistry[] {
  const port = keptPort(ports, 'DROPLOCK_SIM_EPP_PORT')
  const polish = polishZones().map(({ name }) => name)
  const common = { host, clid, ...limits }
  return [
    { ...common, id: 'exact', port, zones: polish, timing },
    { ...common, id: 'daily', port: port + 1, zones: ['com', 'net'], timing: dailyTiming },
  ]
}

/** The variables by which simulator, worker and catcher know that world. */
export function demoEnvironment(
  ports: readonly AssignedPort[],
  stateFolder: string,
  startedAt: Date,
): Record<string, string> {
  const registries = demoRegistries(ports)
  const tlsFolder = join(stateFolder, 'sim-tls')
  const control = `http://${host}:${keptPort(ports, 'DROPLOCK_SIM_CONTROL_PORT')}`
  const credentials = registries.map(({ id }) => [
    accountIdOf(id),
    { password, caFile: join(tlsFolder, 'ca.pem') },
  ])
  const feeds = registries.map(({ id }) => ({
    registryId: id,
    url: `${control}/registries/${id}/drop-list.csv`,
  }))
  const reports = registries.map(({ id }) => ({
    registryAccountId: accountIdOf(id),
    url: `${control}/registries/${id}/report.csv`,
    account: clid,
    // The simulator's books begin with it.
    since: startedAt.toISOString(),
  }))
  return {
    DROPLOCK_ACCOUNT_REPORTS: JSON.stringify(reports),
    DROPLOCK_RECONCILE_CLOSED_AFTER_MS: '0',
    DROPLOCK_RECONCILE_SETTLING_MS: String(settlingMs),
    DROPLOCK_SIM_REGISTRIES: JSON.stringify(registries.map(simulated)),
    DROPLOCK_SIM_TLS_FOLDER: tlsFolder,
    DROPLOCK_EPP_CREDENTIALS: JSON.stringify(Object.fromEntries(credentials)),
    DROPLOCK_JOURNAL_FOLDER: join(stateFolder, 'journal'),
    DROPLOCK_FEEDS: JSON.stringify(feeds),
    DROPLOCK_FEED_POLL_MS: String(feedPollMs),
    DROPLOCK_PUBLICATION: 'at_once',
    DROPLOCK_PREPARE_LEAD_MS: String(prepareLeadMs),
  }
}

function simulated({ id, port, zones }: DemoRegistry) {
  const accounts = [clid, 'rival-a', 'rival-b'].map((name) => ({ clid: name, password, limits }))
  const autoNames = id === 'daily' ? { autoNames: dailyAutoNames } : {}
  return { id, release: id, port, zones, accounts, ownClid: clid, ...autoNames }
}

function keptPort(ports: readonly AssignedPort[], variable: string): number {
  const port = portOf(ports, variable)
  if (port === undefined) throw new Error(`no port was kept for ${variable}`)
  return port
}
