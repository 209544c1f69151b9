import { type AppRole, type AppUrls, ofEachApp } from '@droplock/core/database/app-roles'
import { type FaultyProxy, startFaultyProxy } from '@droplock/epp/conformance/faulty-proxy'
import { host } from '../../../src/environment/registries.ts'

/** Every connection from one process to another, with where it leads. */
const targets = {
  'catcher → registry': 'registry',
  'gateway → database': 'database',
  'worker → database': 'database',
  'catcher → database': 'database',
  'console-api → database': 'database',
  'marketplace → database': 'database',
  'gateway → provider': 'provider',
  'worker → provider': 'provider',
  'provider → gateway': 'gateway',
  'worker → receiver': 'receiver',
  'worker → list source': 'lists',
  'marketplace → gateway': 'gateway',
} as const

export type Pair = keyof typeof targets
export const pairs = Object.keys(targets) as readonly Pair[]

/** The ports of the servers; those of the apps are known when they run. */
export type Ports = Partial<Record<(typeof targets)[Pair], number>>

export type Proxies = Readonly<Record<Pair, FaultyProxy>>

/** Starts a proxy for each pair. They are stopped with `cleanup`. */
export async function startProxies(ports: Ports, cleanup: AsyncDisposableStack): Promise<Proxies> {
  const started = pairs.map(async (pair) => {
    const proxy = await startFaultyProxy(host, () => ports[targets[pair]] ?? 0)
    cleanup.defer(() => proxy.stop())
    return [pair, proxy] as const
  })
  // There is one for each pair.
  return Object.fromEntries(await Promise.all(started)) as Record<Pair, FaultyProxy>
}

const databasePairs: Readonly<Record<AppRole, Pair>> = {
  gateway: 'gateway → database',
  worker: 'worker → database',
  catcher: 'catcher → database',
  console_api: 'console-api → database',
  marketplace: 'marketplace → database',
}

/** The URLs of the database by which each app goes through its proxy. */
export function throughProxies(proxies: Proxies, urls: AppUrls): AppUrls {
  return ofEachApp((role) => {
    const url = new URL(urls[role])
    url.hostname = host
    url.port = String(proxies[databasePairs[role]].port)
    return url.href
  })
}
