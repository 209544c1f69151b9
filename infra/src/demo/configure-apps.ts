import { join } from 'node:path'
import type { AppUrls } from '@droplock/core/database/rights'
import type { AppOrder } from '../environment/apps.ts'
import { ourClid } from '../environment/simulator.ts'
import { freePort } from '../processes/port.ts'
import { accountIdOf } from '../seed/seed-demo.ts'
import { type Layout, type RegistryId, registryIds } from './plan.ts'
import { catcherEnv, limits, workerEnv } from './settings.ts'

export type Places = {
  /** Ports of the registries, by id, of the simulator's control API and of the gateway. */
  readonly epp: Readonly<Record<RegistryId, number>>
  readonly control: number
  readonly gateway: number
  /** Everything temporary: certificates, lists, journal. */
  readonly folder: string
}

/** Away from the ports of `npm start`, so that both may run. */
const firstPort = 18_700
const password = 'demo-secret-1'
const rivals = ['rival-a', 'rival-b']

/** Free ports for everything, and the folder. */
export async function findPlaces(folder: string): Promise<Places> {
  const first = await freePort(firstPort, 4)
  return {
    epp: { exact: first, daily: first + 1 },
    control: first + 2,
    gateway: first + 3,
    folder,
  }
}

export function feedFolder(places: Places, id: RegistryId): string {
  return join(places.folder, 'lists', id)
}

const account = (clid: string) => ({ clid, password, limits })

export function simulatorOrder(places: Places, layout: Layout): AppOrder {
  const registries = registryIds.map((id) => ({
    id,
    release: id,
    port: places.epp[id],
    zones: layout.shares[id],
    ownClid: ourClid,
    accounts: [ourClid, ...rivals].map(account),
    rivals: [],
  }))
  return {
    name: 'registry-sim',
    ports: [places.control, ...Object.values(places.epp)],
    env: {
      DROPLOCK_SIM_REGISTRIES: JSON.stringify(registries),
      DROPLOCK_SIM_CONTROL_PORT: String(places.control),
      DROPLOCK_SIM_TLS_FOLDER: join(places.folder, 'tls'),
    },
  }
}

export function gatewayOrder(places: Places, urls: AppUrls): AppOrder {
  return {
    name: 'gateway',
    ports: [places.gateway],
    env: { DATABASE_URL: urls.gateway, PORT: String(places.gateway), DROPLOCK_LOG_LEVEL: 'warn' },
  }
}

export function workerOrder(places: Places, urls: AppUrls): AppOrder {
  const feeds = registryIds.map((registryId) => ({
    registryId,
    path: feedFolder(places, registryId),
    // Each list is one day's; on this clock all days are today, and silence about other names means nothing.
    scope: 'increment',
  }))
  return {
    name: 'worker',
    ports: [],
    env: { DATABASE_URL: urls.worker, DROPLOCK_FEEDS: JSON.stringify(feeds), ...workerEnv },
  }
}

export function catcherOrder(places: Places, urls: AppUrls): AppOrder {
  const caFile = join(places.folder, 'tls', 'ca.pem')
  const credentials = registryIds.map((id) => [accountIdOf(id), { password, caFile }])
  return {
    name: 'catcher',
    ports: [],
    env: {
      DATABASE_URL: urls.catcher,
      DROPLOCK_EPP_CREDENTIALS: JSON.stringify(Object.fromEntries(credentials)),
      DROPLOCK_JOURNAL_FOLDER: join(places.folder, 'journal'),
      ...catcherEnv,
    },
  }
}
