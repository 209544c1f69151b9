import { openAccount } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import { actFor, asService, type Context } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { defineRegistry } from '@droplock/core/registries/define'
import { hasDropHosts } from '@droplock/epp/profiles/registrar-config'
import { scopes } from '@droplock/rules/accounts'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import { CLID, HOST } from '../world/world.ts'
import { DROP_MS, type Scenario, START_MS } from './scenario.ts'

export const REGISTRY = 'sim'
export const ACCOUNT = 'sim/droplock'
export const BALANCE_MINOR = 1_000_000n

/** The registry with its zone, an account with money, and its orders for the names of the scenario. */
export async function givenOrders(ctx: Context, { profile, limits, zone, names }: Scenario): Promise<void> {
  const operator = asService(ctx)
  const account = { id: ACCOUNT, clid: CLID, hosts: [HOST], isSimulator: true, limits }
  const accounts = [hasDropHosts({ profile }) ? { ...account, dropHosts: [HOST] } : account]
  await defineRegistry(operator, { id: REGISTRY, profile, reason: 'a simulation', accounts, zones: [zone] })
  const accountId = await openAccount(operator, { name: 'A reseller', currency: 'USD' })
  await topUp(ctx, { accountId, amountMinor: BALANCE_MINOR, receiptId: ctx.newId() })
  const buyer = actFor(ctx, { kind: 'account', accountId, keyId: ctx.newId(), scopes, currency: 'USD' })
  const run = await stageList(ctx, {
    registryId: REGISTRY,
    source: 'simulation',
    format: 'test',
    contentSha256: () => Buffer.alloc(32, 1),
    scope: () => ({ kind: 'increment', zones: [zone.name] }),
    entries: entriesOf(names, zone.name),
  })
  await publishRun(ctx, { runId: run.id, opensAt: new Date(START_MS - 1_000) })
  for (const { name } of names) await placeBackorder(buyer, { name, payment: 'balance' })
}

async function* entriesOf(names: Scenario['names'], zone: string): AsyncGenerator<DropEntry> {
  for (const [index, { name, purgeAtMs }] of names.entries()) {
    const purgeAt = new Date(purgeAtMs ?? START_MS + DROP_MS)
    yield { kind: 'row', line: index + 1, name, zone, purgeAt, dropDate: purgeAt.toISOString().slice(0, 10) }
  }
}
