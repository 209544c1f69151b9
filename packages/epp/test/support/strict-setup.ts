import { connectRegistrar } from '@droplock/epp/connect'
import type { ContractLimits, RegistryProfileId } from '@droplock/rules/registries'
import { seededRandom } from '@droplock/rules/seeded-random'
import type { Inherited } from '../../src/pool/limits.ts'
import type { RegistrarPool } from '../../src/pool/pool.ts'
import { hasDropHosts, registrarConfigFor } from '../../src/profiles/registrar-config.ts'
import { order } from './pool.ts'
import type { Rules } from './rule-counter.ts'
import { StrictRegistry } from './strict-registry.ts'
import { passUntil, type VirtualTime, virtualTime } from './virtual-time.ts'

/** The published rules of each kind of registry, independent of the client's profiles. */
export const RULES: Readonly<Record<RegistryProfileId, Rules>> = {
  generic: { sessions: 2, perSecond: 5, idleMs: 300_000 },
  'verisign-like': { sessions: 5, perSecond: 30, idleMs: 600_000, sessionAgeMs: 86_400_000 },
  'co-like': {
    sessions: 100,
    perSecond: 50,
    idleMs: 300_000,
    nameGapMs: 1_000,
    failuresPerDay: 2_000_000,
    refusalMs: 2_000,
  },
  'nz-like': { sessions: 10, idleMs: 600_000, createGapMs: 1_000 },
  'fr-like': {
    sessions: 4,
    idleMs: 600_000,
    loginPauseMs: 2_000,
    checksOfName: { most: 2, withinMs: 4_000 },
    refusalMs: 2_000,
  },
  'uk-like': { sessions: 6, perSecond: 20, idleMs: 600_000, failuresPerDay: 1_000 },
  'no-like': { sessions: 9, idleMs: 120_000, sessionCommands: 900 },
  'ee-like': { sessions: 4, perMinute: 100, idleMs: 600_000, errorBlockMs: 1_000 },
  'nl-like': { sessions: 5, perSecond: 20, idleMs: 600_000 },
  'dropzone-like': { sessions: 5, perSecond: 20, idleMs: 600_000 },
  'nomulus-like': { sessions: 5, perSecond: 20, idleMs: 600_000 },
  'strict-like': { sessions: 5, perSecond: 20, idleMs: 600_000 },
}

const NAMES = Array.from({ length: 40 }, (_, index) => `name-${index}.test`)

export type StrictSetup = {
  readonly clock: VirtualTime
  readonly registry: StrictRegistry
  readonly pool: RegistrarPool
  readonly random: () => number
}

/** A pool with a profile's limits, changed by those given, on a registry in memory with that profile's rules. */
export async function strictSetup(
  id: RegistryProfileId,
  limits: ContractLimits = {},
  inherited: Inherited = {},
): Promise<StrictSetup> {
  const { sessionLifeSecondsMax: age } = limits
  const life = age === undefined ? {} : { sessionAgeMs: age * 1_000 }
  const clock = virtualTime()
  const random = seededRandom(id.length * 7_919 + 1)
  const registry = new StrictRegistry({ ...RULES[id], ...life }, clock, random)
  const hosts = [{ host: 'registry.test', port: 700 }]
  const dropHosts = hasDropHosts({ profile: id }) ? hosts : []
  const access = { profile: id, clid: 'us', hosts, dropHosts, sourceAddress: null, limits }
  const config = registrarConfigFor(access, { password: 'foo-BAR2' }, 'drop')
  const connecting = connectRegistrar(
    { ...config, inherited },
    { clock, random, openWire: registry.openWire },
  )
  return { clock, registry, random, pool: await passUntil(clock, connecting) }
}

/** Runs catchers that send without a pause: mostly creates, some infos and checks. */
export function catchWith(
  { clock, pool, random }: StrictSetup,
  catchers: number,
  bursts = false,
): { stop(): void } {
  const acquire = async (signal: AbortSignal) => {
    const now = bursts && random() < 0.9 ? pool.acquireNow() : undefined
    return now ?? pool.acquire({ signal })
  }
  const stop = new AbortController()
  const choose = () => {
    const ready = NAMES.filter((name) => pool.nameReadyAtMs(name) <= clock.nowMs())
    return ready[Math.floor(random() * ready.length)]
  }
  const one = async () => {
    while (!stop.signal.aborted) {
      const slot = await acquire(stop.signal).catch(() => undefined)
      if (slot === undefined) return
      const name = choose()
      if (name === undefined) await slot.hello()
      else if (random() < 0.9) await slot.create(order(name))
      else if (random() < 0.5) await slot.info(name, order().clTRID)
      else await slot.check([name], order().clTRID)
      slot.release()
    }
  }
  for (let index = 0; index < catchers; index += 1) void one()
  return { stop: () => stop.abort() }
}
