import { authenticateApiKey } from '@droplock/core/api-keys'
import { setSeller } from '@droplock/core/billing/seller'
import { asService, type Context } from '@droplock/core/context'
import { inTransaction } from '@droplock/core/database/transaction'
import { defineRegistry } from '@droplock/core/registries/define'
import { listRealRegistryAccounts } from '@droplock/core/registries/read'
import { addReseller, keyHash } from './accounts.ts'
import { seededZone, type ZoneTiming } from './zones.ts'

/** A simulated registry, and what we may do at it. */
export type DemoRegistry = {
  readonly id: string
  readonly host: string
  readonly port: number
  readonly clid: string
  readonly sessionsMax: number
  readonly commandsPerSecondMax: number
  readonly zones: readonly string[]
  readonly timing: ZoneTiming
  /** From when on a list is held back; each share of the names before. */
  readonly quarantine?: typeof usualQuarantine
}

/** A simulated list is as long as what is still to drop: the length of the one before says nothing. Percent. */
const usualQuarantine = {
  suspectedPercentMax: 20,
  movedPercentMax: 20,
  rowsPercentMin: 0,
  rejectsPercentMax: 50,
}

export type DemoPlan = {
  readonly registries: readonly DemoRegistry[]
  /** Of the database, and so of who sells there; a test unless said otherwise. */
  readonly mode?: 'live' | 'test'
  /** The database is the embedded one, or its operator has said DROPLOCK_DEMO=1. */
  readonly allowed: boolean
}

/** The database is none that a demo may touch. Nothing was written. */
export class SeedRefused extends Error {
  override readonly name = 'SeedRefused'
}

/** A reseller of the demo. */
export type DemoReseller = {
  readonly name: string
  readonly currency: string
  readonly balanceMinor: bigint
  /** Known to everybody who can read this: good for simulated registries only, which is why seeding fails closed. */
  readonly apiKey: string
}

/** One for each currency that is sold; the balances pay for thousands of names. */
const demoResellers: readonly DemoReseller[] = [
  {
    name: 'Anchor Names',
    currency: 'USD',
    balanceMinor: 10_000_000n,
    apiKey: 'dlk_test_demo-anchor-names-usd-0000000001',
  },
  {
    name: 'Birke Domains',
    currency: 'EUR',
    balanceMinor: 10_000_000n,
    apiKey: 'dlk_test_demo-birke-domains-eur-0000000002',
  },
  {
    name: 'Camphor Registrar',
    currency: 'CNY',
    balanceMinor: 70_000_000n,
    apiKey: 'dlk_test_demo-camphor-registrar-cny-0000000003',
  },
]

/** Who sells in a demo. */
const demoSeller = {
  legalName: 'Droplock Demo',
  address: '1 Example Street\nExampletown',
  country: 'IE',
  taxId: null,
  taxBasisPoints: 0,
  taxNote: null,
} as const

/** The id under which our account at a seeded registry is known, in the database and to the catcher. */
export function accountIdOf(registryId: string): string {
  return `${registryId}/droplock`
}

/**
 * Puts simulated registries, who sells, and three resellers with money and known keys into a database, all or nothing; a second
 * time updates the registries and changes nothing else. Fails closed: throws `SeedRefused` unless the plan is `allowed` and
 * every registry account there is a simulator's.
 */
export async function seedDemo(ctx: Context, plan: DemoPlan): Promise<readonly DemoReseller[]> {
  if (!plan.allowed)
    throw new SeedRefused('demo data goes into an embedded database, or with DROPLOCK_DEMO=1')
  await inTransaction(ctx.db, async (tx) => {
    const inside = { ...ctx, db: tx }
    const real = await listRealRegistryAccounts(inside)
    if (real.length > 0)
      throw new SeedRefused(`no demo data beside real registry accounts: ${real.join(', ')}`)
    for (const registry of plan.registries) await defineRegistry(asService(inside), definitionOf(registry))
    await seedSeller(inside, plan.mode ?? 'test')
    for (const reseller of demoResellers) await seedReseller(inside, reseller)
  })
  return demoResellers
}

/** A simulated registry as the database has it. */
export function definitionOf(registry: DemoRegistry) {
  return {
    reason: 'demo data',
    id: registry.id,
    profile: 'generic',
    quarantine: registry.quarantine ?? usualQuarantine,
    zones: registry.zones.map((zone) => seededZone(zone, registry.timing)),
    accounts: [
      {
        id: accountIdOf(registry.id),
        clid: registry.clid,
        hosts: [{ host: registry.host, port: registry.port }],
        isSimulator: true,
        limits: { sessionsMax: registry.sessionsMax, commandsPerSecondMax: registry.commandsPerSecondMax },
      },
    ],
  }
}

/** A seller set in the console stays, unless the database was started in the other mode. */
async function seedSeller(ctx: Context, mode: 'live' | 'test'): Promise<void> {
  const known = await ctx.db.selectFrom('seller').select('mode').executeTakeFirst()
  if (known?.mode !== mode) await setSeller(ctx, { mode, ...demoSeller })
}

async function seedReseller(ctx: Context, reseller: DemoReseller): Promise<void> {
  if ((await authenticateApiKey(ctx, keyHash(reseller.apiKey))) === undefined)
    await addReseller(ctx, reseller)
}
