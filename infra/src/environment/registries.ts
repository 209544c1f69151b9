import { join } from 'node:path'
import { accountIdOf, type DemoRegistry } from '../seed/seed-demo.ts'

export const host = '127.0.0.1'
/** Our client id at every simulated registry. */
export const ourClid = 'droplock'
/** Of every login at the simulated registries, good for nothing else. */
const eppPassword = 'sim-secret-1'
const rivals = ['rival-a', 'rival-b'] as const

/** A registry that is seeded into the database and simulated. */
export type SimulatedRegistry = DemoRegistry & {
  /** How names drop: each at its own instant (the default), or in a daily batch. */
  readonly release?: 'exact' | 'daily'
  /** Names appear and drop without end, listed so long before they do. */
  readonly autoNames?: { readonly leadMs?: number }
  /** Accounts have names dropped there themselves, and their labels say how they end. */
  readonly sandbox?: true
}

/** The certificate of the simulated registries; the simulator writes it there. */
const tlsFolderIn = (folder: string) => join(folder, 'sim-tls')

/** The simulator's settings for these registries. */
export function simulatorEnv(
  registries: readonly SimulatedRegistry[],
  folder: string,
): Readonly<Record<string, string>> {
  return {
    DROPLOCK_SIM_REGISTRIES: JSON.stringify(registries.map(simulated)),
    DROPLOCK_SIM_TLS_FOLDER: tlsFolderIn(folder),
  }
}

function simulated(registry: SimulatedRegistry) {
  const { id, port, zones, clid, release = 'exact', autoNames, sandbox } = registry
  const { sessionsMax, commandsPerSecondMax } = registry
  const limits = { sessionsMax, commandsPerSecondMax }
  const accounts = [clid, ...rivals].map((login) => ({ clid: login, password: eppPassword, limits }))
  return {
    id,
    release,
    port,
    zones,
    ownClid: clid,
    accounts,
    rivals: [],
    ...(autoNames && { autoNames }),
    ...(sandbox && { sandbox }),
  }
}

/** The drop list that a simulated registry publishes. `control`: where the simulator's control API is. */
export const dropListAt = (control: string, registryId: string) =>
  `${control}/registries/${registryId}/drop-list.csv`

/** What the catcher needs to log in to them, and to keep its journal. */
export function catcherEnv(
  registries: readonly Pick<DemoRegistry, 'id'>[],
  folder: string,
): Readonly<Record<string, string>> {
  const caFile = join(tlsFolderIn(folder), 'ca.pem')
  const credentials = registries.map(({ id }) => [accountIdOf(id), { password: eppPassword, caFile }])
  return {
    DROPLOCK_EPP_CREDENTIALS: JSON.stringify(Object.fromEntries(credentials)),
    DROPLOCK_JOURNAL_FOLDER: join(folder, 'journal'),
  }
}
