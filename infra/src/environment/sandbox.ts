import { requireSellerMode } from '@droplock/core/billing/seller'
import type { OperatorContext } from '@droplock/core/context'
import { listRealRegistryAccounts } from '@droplock/core/registries/read'
import { openSandbox } from '@droplock/core/sandbox/open'
import { definitionOf, SeedRefused } from '../seed/seed-demo.ts'
import type { ZoneTiming } from '../seed/zones.ts'
import { host, ourClid, type SimulatedRegistry } from './registries.ts'

/** The registry, and its zone of which each account has a copy. */
const SANDBOX = 'sandbox'

/**
 * Seconds, so that a drop can be watched: half a minute after it is listed at the fastest, every name has ended half a minute after it drops.
 * What the simulator calls late is later than this window and within this grace.
 */
const timing: ZoneTiming = {
  cutoffLeadSeconds: 15,
  dropLastsSeconds: 86_400,
  earlySeconds: 0,
  lateSeconds: 8,
  graceSeconds: 20,
}

/** The names of one drop are few, whatever becomes of them: that all leave the list, or move, is what accounts asked for. Percent. */
const quarantine = {
  suspectedPercentMax: 100,
  movedPercentMax: 100,
  rowsPercentMin: 0,
  rejectsPercentMax: 100,
}

/** Where accounts have names dropped, at this EPP port. */
export function sandboxRegistry(port: number): SimulatedRegistry {
  const limits = { sessionsMax: 4, commandsPerSecondMax: 40 }
  return {
    id: SANDBOX,
    host,
    port,
    clid: ourClid,
    ...limits,
    zones: [SANDBOX],
    timing,
    quarantine,
    sandbox: true,
  }
}

/** What lets the worker of a test world carry out the drops; `control` is the simulator's. */
export function sandboxWorkerEnv(control: string): Readonly<Record<string, string>> {
  return { DROPLOCK_SANDBOX_REGISTRY_URL: `${control}/registries/${SANDBOX}` }
}

/**
 * Defines the sandbox in a test database, and gives its accounts their zones; again, it changes what has changed. Fails closed: throws `SeedRefused`
 * where a registry account is real, and Refusal('seller_of_other_mode') where the database sells for real.
 */
export async function seedSandbox(ctx: OperatorContext, port: number): Promise<void> {
  await requireSellerMode(ctx, 'test')
  const real = await listRealRegistryAccounts(ctx)
  if (real.length > 0) throw new SeedRefused(`no sandbox beside real registry accounts: ${real.join(', ')}`)
  const { zones, ...registry } = definitionOf(sandboxRegistry(port))
  const [zone] = zones
  if (zone === undefined) throw new Error('the registry of the sandbox has no zone')
  await openSandbox(ctx, { ...registry, zone })
}
