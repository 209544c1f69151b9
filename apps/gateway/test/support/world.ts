import { createHash, randomBytes } from 'node:crypto'
import { openAccount } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { issueApiKey } from '@droplock/core/api-keys'
import { asService, type Context } from '@droplock/core/context'
import type { AppRole } from '@droplock/core/database/app-roles'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { newId } from '@droplock/core/new-id'
import { defineRegistry } from '@droplock/core/registries/define'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { type Scope, scopes } from '@droplock/rules/accounts'
import { API_KEY_OCTETS, apiKeyText } from '@droplock/rules/api-key-text'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import { afterAll, beforeAll } from 'vitest'
import { servedFrom } from '../../src/gateway.ts'
import { readLotOf } from '../../src/http/read-lot.ts'
import { createTestApp, type Send } from './app.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

/** Most tests order in `test`; those that change a zone change one of the others. */
const zones = ['test', 'disabled', 'unrenewed', 'filters']

export const priceMinor = 1_900
export const renewalMinor = 1_500
export const registryAccountId = 'test/droplock'

export type World = {
  readonly ctx: Context
  /** Asks the gateway, in this process. */
  readonly send: Send
}

/** A database of its own, with one registry, where a name costs 19.00 USD. */
export async function openWorld() {
  const clone = await cloneDatabase()
  const ctx: Context = { db: clone.db, newId }
  await defineRegistry(asService(ctx), registry)
  /** What an app may do there. */
  const contextOf = (app: AppRole): Context => ({ db: clone.openAs(app), newId })
  return { ...clone, ctx, contextOf }
}

/** The gateway on such a database, without a card provider. */
export function useWorld(): World {
  let world: World | undefined
  let drop: (() => Promise<void>) | undefined
  beforeAll(async () => {
    const opened = await openWorld()
    drop = opened.drop
    world = {
      ctx: opened.ctx,
      send: createTestApp({
        test: servedFrom(opened.contextOf('gateway'), undefined, readLotOf(opened.openReadsAs('gateway'))),
      }).send,
    }
  })
  afterAll(() => drop?.())
  const made = (): World => {
    if (world === undefined) throw new Error('the world is made before the first test, not before the file')
    return world
  }
  return {
    get ctx() {
      return made().ctx
    },
    send: (request) => made().send(request),
  }
}

const registry = {
  id: 'test',
  profile: 'generic',
  accounts: [
    {
      id: registryAccountId,
      clid: 'droplock',
      hosts: [{ host: '127.0.0.1', port: 7700 }],
      isSimulator: true,
      limits: { sessionsMax: 4, commandsPerSecondMax: 40 },
    },
  ],
  zones: zones.map((name) => ({
    name,
    standardFeeMinor: 800n,
    feeCurrency: 'USD',
    cutoffLeadSeconds: 60,
    dropTimeZone: 'UTC',
    dropStartsAt: '00:00',
    dropLastsSeconds: 60,
    earlySeconds: 0,
    lateSeconds: 60,
    graceSeconds: 60,
    prices: [{ tier: 'standard', currency: 'USD', amountMinor: BigInt(priceMinor) }],
    renewalPrices: [{ currency: 'USD', perYearMinor: BigInt(renewalMinor) }],
  })),
}

export type Customer = { readonly accountId: string; readonly key: string }

/** An account with a key; 10,000.00 on its balance by default. */
export async function givenCustomer(
  ctx: Context,
  wanted: { balanceMinor?: bigint; currency?: string; scopes?: readonly Scope[] } = {},
): Promise<Customer> {
  const accountId = await openAccount(asService(ctx), {
    name: 'A reseller',
    currency: wanted.currency ?? 'USD',
  })
  const amountMinor = wanted.balanceMinor ?? 1_000_000n
  if (amountMinor > 0n) await topUp(ctx, { accountId, amountMinor, receiptId: ctx.newId() })
  return { accountId, key: await givenKey(ctx, accountId, wanted.scopes ?? scopes) }
}

export async function givenKey(
  ctx: Context,
  accountId: string,
  granted: readonly Scope[],
  mode: 'test' | 'live' = 'test',
): Promise<string> {
  const key = apiKeyText(mode, randomBytes(API_KEY_OCTETS))
  const keySha256 = createHash('sha256').update(key).digest()
  await issueApiKey(asService(ctx), { accountId, label: 'test', scopes: granted, keySha256 })
  return key
}

type Listing = { readonly purgeAt?: Date; readonly opensAt?: Date; readonly registryId?: string }

/** Publishes names that drop at `purgeAt`, in two hours by default; their listings open at once. */
export async function givenListings(
  ctx: Context,
  names: readonly string[],
  { purgeAt = inHours(2), opensAt = new Date(0), registryId = registry.id }: Listing = {},
): Promise<void> {
  const run = await stageList(ctx, {
    registryId,
    source: 'test',
    format: 'test',
    contentSha256: () => randomBytes(32),
    scope: () => ({ kind: 'increment', zones }),
    entries: rowsOf(names, purgeAt),
  })
  await publishRun(ctx, { runId: run.id, opensAt })
}

async function* rowsOf(names: readonly string[], purgeAt: Date): AsyncGenerator<DropEntry> {
  for (const [index, name] of names.entries()) {
    const zone = name.slice(name.indexOf('.') + 1)
    yield { kind: 'row', line: index + 1, name, zone, purgeAt, dropDate: purgeAt.toISOString().slice(0, 10) }
  }
}

/** A listed name that is blocked, as if a list had added it in the moment in which operators blocked it. */
export async function givenBlocked(ctx: Context, name: string): Promise<void> {
  await givenListings(ctx, [name])
  const block = { id: ctx.newId(), name, zone: name.slice(name.indexOf('.') + 1), reason: 'a court order' }
  await ctx.db
    .insertInto('blocked_name')
    .values({ ...block, blocked_by: 'a person', blocked_at: new Date() })
    .execute()
}

export function inHours(hours: number): Date {
  return new Date(Date.now() + hours * 3_600_000)
}
