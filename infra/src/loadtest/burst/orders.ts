import { join } from 'node:path'
import type { AppUrls } from '@droplock/core/database/rights'
import { catcherEnv, workerEnv } from '../../demo/settings.ts'
import type { AppOrder } from '../../environment/apps.ts'
import { freePort } from '../../processes/port.ts'
import { accountIdOf } from '../../seed/seed-demo.ts'
import { clid, host, zones } from '../world.ts'

/** Away from the ports of `npm start` and of the demo, so that all may run. */
const firstPort = 18_820
const password = 'burst-secret-1'
const registryId = 'burst'

/**
 * Limits of our account, which the simulator enforces. A name takes some five commands: `info` before, creates, `info`
 * after; at 25 names in a second the reserve is as much again.
 */
const limits = { sessionsMax: 6, commandsPerSecondMax: 250 }

export type Places = {
  readonly epp: number
  readonly control: number
  readonly gateway: number
  readonly console: number
  readonly folder: string
}

export async function findPlaces(folder: string): Promise<Places> {
  const first = await freePort(firstPort, 4)
  return { epp: first, control: first + 1, gateway: first + 2, console: first + 3, folder }
}

/** The registry: it deletes names at the instants it is told, and does with them what it is told. */
export function simulatorOrder(places: Places): AppOrder {
  const accounts = [clid, 'rival-a'].map((id) => ({ clid: id, password, limits }))
  const registry = { id: registryId, release: 'exact', port: places.epp, zones, accounts, rivals: [] }
  return {
    name: 'registry-sim',
    ports: [places.control, places.epp],
    env: {
      DROPLOCK_SIM_REGISTRIES: JSON.stringify([registry]),
      DROPLOCK_SIM_CONTROL_PORT: String(places.control),
      DROPLOCK_SIM_TLS_FOLDER: join(places.folder, 'tls'),
    },
  }
}

export function workerOrder(urls: AppUrls): AppOrder {
  return { name: 'worker', ports: [], env: { DATABASE_URL: urls.worker, ...workerEnv } }
}

export function catcherOrder(places: Places, urls: AppUrls): AppOrder {
  const caFile = join(places.folder, 'tls', 'ca.pem')
  return {
    name: 'catcher',
    ports: [],
    env: {
      DATABASE_URL: urls.catcher,
      DROPLOCK_EPP_CREDENTIALS: JSON.stringify({ [accountIdOf(registryId)]: { password, caFile } }),
      DROPLOCK_JOURNAL_FOLDER: join(places.folder, 'journal'),
      ...catcherEnv,
    },
  }
}

export function consoleOrder(places: Places, urls: AppUrls): AppOrder {
  return {
    name: 'console-api',
    ports: [places.console],
    env: { DATABASE_URL: urls.console_api, PORT: String(places.console), DROPLOCK_LOG_LEVEL: 'warn' },
  }
}

/**
 * The same registry as the database is told of it. Every name has its end at once; the long window is for a machine that
 * stalls, which would miss names and so measure something else.
 */
export function seededRegistry(places: Places) {
  return {
    id: registryId,
    host,
    port: places.epp,
    clid,
    ...limits,
    zones,
    timing: {
      cutoffLeadSeconds: 3,
      dropLastsSeconds: 1,
      earlySeconds: 0,
      lateSeconds: 10,
      graceSeconds: 5,
    },
  } as const
}
