import { createHash } from 'node:crypto'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import { openAccount } from '../../src/accounts/administer.ts'
import { topUp } from '../../src/accounts/top-up.ts'
import { issueApiKey } from '../../src/api-keys.ts'
import { type AccountContext, actFor, asService, type Context } from '../../src/context.ts'
import { publishRun } from '../../src/lists/publish.ts'
import { stageList } from '../../src/lists/stage.ts'
import { newId } from '../../src/new-id.ts'
import { defineRegistry } from '../../src/registries/define.ts'
import { openDue } from '../../src/schedule/steps.ts'

const REGISTRY = 'bench'
const ZONE = 'test'
const PRICE_MINOR = 1_900n
/** More than any account of a bench can spend. */
const BALANCE_MINOR = 10n ** 12n
const DAY_MS = 86_400_000

/** A registry with one zone: what is sold. */
export async function stockRegistry(ctx: Context): Promise<void> {
  await defineRegistry(asService(ctx), {
    id: REGISTRY,
    profile: 'generic',
    accounts: [],
    zones: [
      {
        name: ZONE,
        standardFeeMinor: 800n,
        feeCurrency: 'USD',
        cutoffLeadSeconds: 60,
        dropTimeZone: 'UTC',
        dropStartsAt: '00:00',
        dropLastsSeconds: 60,
        earlySeconds: 0,
        lateSeconds: 60,
        graceSeconds: 60,
        prices: [{ tier: 'standard', currency: 'USD', amountMinor: PRICE_MINOR }],
      },
    ],
  })
}

/** Lists so many new names, open for orders. */
export async function stockNames(ctx: Context, count: number): Promise<readonly string[]> {
  const batch = ctx.newId()
  const names = Array.from({ length: count }, (_, index) => `n${index}-${batch}.${ZONE}`)
  const run = await stageNames(ctx, names, 'increment')
  await publishRun(ctx, { runId: run.id, opensAt: new Date(0) })
  while ((await openDue(ctx.db)) > 0);
  return names
}

/** Stages a list of these names, which drop tomorrow. */
export function stageNames(ctx: Context, names: readonly string[], kind: 'snapshot' | 'increment') {
  const content = ctx.newId()
  return stageList(ctx, {
    registryId: REGISTRY,
    source: 'bench',
    format: 'bench',
    contentSha256: () => Buffer.from(content),
    scope: () => ({ kind, zones: [ZONE] }),
    entries: entriesOf(names),
  })
}

async function* entriesOf(names: readonly string[]): AsyncGenerator<DropEntry> {
  const purgeAt = new Date(Date.now() + DAY_MS)
  const dropDate = purgeAt.toISOString().slice(0, 10)
  for (const [index, name] of names.entries()) {
    yield { kind: 'row', line: index + 1, name, zone: ZONE, purgeAt, dropDate }
  }
}

/** So many accounts with money. */
export async function stockAccounts(ctx: Context, count: number): Promise<readonly AccountContext[]> {
  const accounts: AccountContext[] = []
  while (accounts.length < count) {
    const accountId = await openAccount(asService(ctx), { name: 'A reseller', currency: 'USD' })
    await topUp(ctx, { accountId, amountMinor: BALANCE_MINOR, receiptId: ctx.newId() })
    const scopes = ['backorders:write'] as const
    accounts.push(actFor(ctx, { kind: 'account', accountId, keyId: ctx.newId(), scopes, currency: 'USD' }))
  }
  return accounts
}

/** API keys of so many accounts with money. */
export async function stockKeys(ctx: Context, count: number): Promise<readonly string[]> {
  const made: string[] = []
  for (const { actor } of await stockAccounts(ctx, count)) {
    const key = `dlk_test_bench-${newId()}`
    await issueApiKey(asService(ctx), {
      accountId: actor.accountId,
      label: 'bench',
      scopes: ['listings:read', 'backorders:write'],
      keySha256: createHash('sha256').update(key).digest(),
    })
    made.push(key)
  }
  return made
}

/** Lifts the quotas of all accounts: load that stands for that of many comes from few. */
export async function liftLimits({ db }: Context): Promise<void> {
  const unlimited = { reads_per_minute_max: 10_000_000, claims_per_minute_max: 10_000_000 }
  await db.updateTable('account').set(unlimited).execute()
}
