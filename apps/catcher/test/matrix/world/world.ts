import { connectRegistrar } from '@droplock/epp/connect'
import type { PoolEvent } from '@droplock/epp/pool/answer'
import type { RegistrarPool } from '@droplock/epp/pool/pool'
import { hasDropHosts, registrarConfigFor } from '@droplock/epp/profiles/registrar-config'
import { type OpenWire, wireOf } from '@droplock/epp/session/wire'
import type { ContractLimits, RegistryProfileId } from '@droplock/rules/registries'
import { silent } from '../../../../registry-sim/src/clock.ts'
import { serveConnection } from '../../../../registry-sim/src/epp/connection.ts'
import { resolveSettings } from '../../../../registry-sim/src/profiles.ts'
import { stream } from '../../../../registry-sim/src/random.ts'
import type { Account } from '../../../../registry-sim/src/registry/account.ts'
import { makeRegistry, present, type Registry } from '../../../../registry-sim/src/registry/registry.ts'
import type { RegistryOptions } from '../../../../registry-sim/src/registry/settings.ts'
import { connectEnds } from './line.ts'
import { type VirtualTime, virtualTime } from './virtual-time.ts'

export const CLID = 'droplock'
export const PASSWORD = 'sim-secret-1'
export const HOST = { host: 'registry.test', port: 700 } as const

/** The registry opens at two o'clock (.nz), when every hour here begins. */
const START = Date.parse('2026-11-24T02:00:00Z')

/** How long the first session may take. */
const CONNECT_MS_MAX = 60_000

type WorldOptions = {
  readonly registry: Partial<RegistryOptions>
  readonly seed: number
  /** The client's account as in its rows, without host and credentials. */
  readonly profile: RegistryProfileId
  readonly limits?: ContractLimits
  /** Called before the client connects. */
  readonly prepare?: (registry: Registry, nowMs: number) => void
}

/** Our client and the simulated registry, with connections in memory and one virtual clock. */
export type World = {
  readonly time: VirtualTime
  readonly registry: Registry
  readonly account: Account
  readonly pool: RegistrarPool
  readonly random: () => number
  /** clTRIDs of all commands that reached the registry. */
  readonly received: ReadonlySet<string>
  readonly events: readonly PoolEvent[]
  /** Unique in this world. */
  newClTRID(): string
}

/** Opens a world. Rejects when the client gets no session. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { seed, profile, limits = {}, prepare } = options
  const time = virtualTime(START)
  const random = stream(seed, 'matrix')
  const settings = resolveSettings({
    id: 'sim',
    zones: ['test'],
    rivals: [],
    ownShare: 0,
    ...options.registry,
  })
  const clock = { nowMs: () => time.epochMs(), after: time.after }
  const registry = makeRegistry(settings, seed, clock)
  const account = registry.accounts.get(CLID)
  if (account === undefined) throw new Error('no account')
  prepare?.(registry, present(registry))
  const received = new Set<string>()
  const events: PoolEvent[] = []
  let ids = 0
  const newClTRID = () => `m-${(ids += 1)}`
  const deps = {
    clock: time,
    random,
    newClTRID,
    openWire: wiresTo(registry, time, random, received),
    onEvent: (event: PoolEvent) => void events.push(event),
  }
  const pool = await time.until(connectRegistrar(configOf(profile, limits), deps), CONNECT_MS_MAX)
  return { time, registry, account, pool, random, received, events, newClTRID }
}

/** The configuration by production's function, from an account's rows. */
function configOf(profile: RegistryProfileId, limits: ContractLimits) {
  const dropHosts = hasDropHosts({ profile }) ? [HOST] : []
  const rows = { profile, clid: CLID, hosts: [HOST], dropHosts, sourceAddress: null, limits }
  return registrarConfigFor(rows, { password: PASSWORD }, 'drop')
}

function wiresTo(
  registry: Registry,
  time: VirtualTime,
  random: () => number,
  received: Set<string>,
): OpenWire {
  let opened = 0
  return async (_endpoint, times, clock, _tickets, events) => {
    await new Promise<void>((resolve) => time.after(1 + random() * 50, resolve))
    const { client, server } = connectEnds(time, random)
    server.on('data', (octets: Buffer) => {
      const [, clTRID] = /<clTRID>([^<]+)</.exec(octets.toString('utf8')) ?? []
      if (clTRID !== undefined) received.add(clTRID)
    })
    opened += 1
    serveConnection(registry, server, `line-${opened}`, silent, () => server.reset())
    return wireOf(client, times, clock, events)
  }
}

/** Closes the client. Throws when that does not end in time. */
export async function closeWorld({ time, pool }: World): Promise<void> {
  await time.until(pool.close(), CONNECT_MS_MAX)
}

/** The rules that the client broke, by the registry's count; empty when none. */
export function violationsIn({ account }: World): Record<string, number> {
  return Object.fromEntries(Object.entries(account.violations).filter(([, count]) => count > 0))
}
