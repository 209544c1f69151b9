import { join } from 'node:path'
import type { AppUrls } from '@droplock/core/database/rights'
import type { AppOrder } from '../../environment/apps.ts'
import { ourClid } from '../../environment/simulator.ts'
import type { AssignedPort } from '../../launch/assign-ports.ts'
import { paymentSandbox, sandboxEnvironment, sandboxPort } from '../../launch/sandboxes.ts'
import { freePort } from '../../processes/port.ts'
import { accountIdOf } from '../../seed/seed-demo.ts'
import { limits, prepareLeadMs, timing, zone } from './settings.ts'

export const registryId = 'money'
const rival = 'rival-a'
export const host = '127.0.0.1'
/** Away from the ports of `npm start`, of the other demo and of the load tests, so that all may run. */
const firstPort = 18_900
const password = 'money-secret-1'
/** Late things happen when a step says so. Milliseconds: a day. */
const never = '86400000'

export type Places = {
  readonly epp: number
  readonly control: number
  readonly gateway: number
  readonly sandbox: number
  readonly folder: string
  /** How the apps and the sandbox provider know each other. */
  readonly payments: Readonly<Record<string, string>>
}

export async function findPlaces(folder: string): Promise<Places> {
  const first = await freePort(firstPort, 4)
  const ports: readonly AssignedPort[] = [
    { app: 'gateway', variable: 'PORT', first: 0, port: first + 2 },
    { app: paymentSandbox.name, variable: sandboxPort, first: 0, port: first + 3 },
  ]
  const payments = sandboxEnvironment(ports, 'test', join(folder, 'books'))
  return { epp: first, control: first + 1, gateway: first + 2, sandbox: first + 3, folder, payments }
}

export const feedFolder = ({ folder }: Places) => join(folder, 'lists')

export function sandboxOrder({ sandbox, payments }: Places): AppOrder {
  return {
    name: paymentSandbox.name,
    main: paymentSandbox.main,
    ports: [sandbox],
    env: { ...payments, [sandboxPort]: String(sandbox), DROPLOCK_SANDBOX_LATER_MS: never },
  }
}

export function simulatorOrder(places: Places): AppOrder {
  const accounts = [ourClid, rival].map((clid) => ({ clid, password, limits }))
  const registry = { id: registryId, release: 'exact', port: places.epp, zones: [zone], accounts, rivals: [] }
  return {
    name: 'registry-sim',
    ports: [places.control, places.epp],
    env: {
      DROPLOCK_SIM_REGISTRIES: JSON.stringify([{ ...registry, ownClid: ourClid }]),
      DROPLOCK_SIM_CONTROL_PORT: String(places.control),
      DROPLOCK_SIM_TLS_FOLDER: join(places.folder, 'tls'),
    },
  }
}

export function gatewayOrder({ gateway, payments }: Places, urls: AppUrls): AppOrder {
  const env = { DATABASE_URL: urls.gateway, PORT: String(gateway), DROPLOCK_LOG_LEVEL: 'warn' }
  return { name: 'gateway', ports: [gateway], env: { ...payments, ...env } }
}

export function workerOrder(places: Places, urls: AppUrls): AppOrder {
  const feed = { registryId, path: feedFolder(places), scope: 'increment' }
  return {
    name: 'worker',
    ports: [],
    env: {
      ...places.payments,
      DATABASE_URL: urls.worker,
      DROPLOCK_FEEDS: JSON.stringify([feed]),
      DROPLOCK_PUBLICATION: 'at_once',
      DROPLOCK_FEED_POLL_MS: '400',
      DROPLOCK_SWEEP_CLOSE_MS: '100',
      DROPLOCK_PROVIDER_EVENTS_MS: '100',
      DROPLOCK_REFUNDS_MS: '100',
    },
  }
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
      DROPLOCK_REFRESH_MS: '100',
      DROPLOCK_PREPARE_LEAD_MS: String(prepareLeadMs),
      DROPLOCK_FIRE_LEAD_MS: '400',
    },
  }
}

export function seededRegistry(places: Places) {
  return {
    id: registryId,
    host,
    port: places.epp,
    clid: ourClid,
    ...limits,
    zones: [zone],
    timing,
  } as const
}
