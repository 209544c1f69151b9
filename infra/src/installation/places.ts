import { join } from 'node:path'
import type { AppRole, AppUrls } from '@droplock/core/database/rights'
import type { AppOrder } from '../environment/apps.ts'
import { repositoryRoot } from '../paths.ts'
import { freePort } from '../processes/port.ts'

/** Away from the ports of everything else, so that all may run. */
const firstPort = 19_100
const host = '127.0.0.1'

export const zone = 'shop'
export const clid = 'us-registrar'
export const registryId = 'shop-registry'
const registryAccountId = 'shop-registry/us'
const rival = 'rival-a'
const password = 'registry-sec-1'

/** The name is listed, ordered and paid within this, on a slow machine too. */
export const dropAheadMs = 30_000
const cutoffLeadSeconds = 3

export type Places = {
  readonly epp: number
  readonly control: number
  readonly gateways: readonly [number, number]
  readonly consoles: readonly [number, number]
  /** Everything temporary. */
  readonly folder: string
}

export async function findPlaces(folder: string): Promise<Places> {
  const first = await freePort(firstPort, 6)
  return {
    epp: first,
    control: first + 1,
    gateways: [first + 2, first + 3],
    consoles: [first + 4, first + 5],
    folder,
  }
}

export const urlOf = (port: number) => `http://${host}:${port}`

/** The file that an operator writes for `npm run admin -- registry put`. */
export function registryFile({ epp }: Places) {
  return {
    id: registryId,
    profile: 'generic',
    account: {
      id: registryAccountId,
      clid,
      // It says of itself that it is none: play money buys nothing at a real one.
      simulator: true,
      hosts: [{ host, port: epp }],
      limits: { sessions_max: 2, commands_per_second_max: 20 },
    },
    zones: [
      {
        name: zone,
        fee: '8.00 USD',
        cutoff_lead_seconds: cutoffLeadSeconds,
        late_seconds: 10,
        grace_seconds: 10,
        prices: ['29.00 USD'],
        renewal_prices: ['15.00 USD'],
      },
    ],
  }
}

export function registryOrder({ epp, control, folder }: Places): AppOrder {
  const limits = { sessionsMax: 2, commandsPerSecondMax: 20 }
  const accounts = [clid, rival].map((account) => ({ clid: account, password, limits }))
  const registry = { id: registryId, port: epp, zones: [zone], accounts, rivals: [], ownClid: clid }
  return {
    name: 'registry-sim',
    ports: [control, epp],
    env: {
      DROPLOCK_SIM_REGISTRIES: JSON.stringify([registry]),
      DROPLOCK_SIM_CONTROL_PORT: String(control),
      DROPLOCK_SIM_TLS_FOLDER: join(folder, 'tls'),
    },
  }
}

/** One of several servers of an app. */
function serverOn(app: string, port: number, env: Readonly<Record<string, string>>): AppOrder {
  return {
    name: `${app} on ${port}`,
    main: join(repositoryRoot, 'apps', app, 'src', 'main.ts'),
    ports: [port],
    env: { ...env, PORT: String(port) },
  }
}

/** Two gateways, two servers of the console, the worker and the catcher, each with the login of its app. */
export function appOrders(places: Places, urls: AppUrls): readonly AppOrder[] {
  const envOf = (app: AppRole) => ({ DATABASE_URL: urls[app], DROPLOCK_LOG_LEVEL: 'warn' })
  const feed = { registryId, url: `${urlOf(places.control)}/registries/${registryId}/drop-list.csv` }
  const credentials = { [registryAccountId]: { password, caFile: join(places.folder, 'tls', 'ca.pem') } }
  return [
    ...places.gateways.map((port) => serverOn('gateway', port, envOf('gateway'))),
    ...places.consoles.map((port) => serverOn('console-api', port, envOf('console_api'))),
    {
      name: 'worker',
      ports: [],
      env: {
        ...envOf('worker'),
        DROPLOCK_FEEDS: JSON.stringify([feed]),
        DROPLOCK_FEED_POLL_MS: '500',
        DROPLOCK_PUBLICATION: 'at_once',
      },
    },
    {
      name: 'catcher',
      ports: [],
      env: {
        ...envOf('catcher'),
        DROPLOCK_EPP_CREDENTIALS: JSON.stringify(credentials),
        DROPLOCK_JOURNAL_FOLDER: join(places.folder, 'journal'),
        DROPLOCK_PREPARE_LEAD_MS: '20000',
        DROPLOCK_FIRE_LEAD_MS: '1000',
      },
    },
  ]
}
