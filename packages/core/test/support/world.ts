import { type Scope, scopes } from '@droplock/rules/accounts'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import type { Role } from '@droplock/rules/staff'
import type { Kysely } from 'kysely'
import { openAccount } from '../../src/accounts/administer.ts'
import { topUp } from '../../src/accounts/top-up.ts'
import { type AccountContext, actFor, asService, type Context, type StaffContext } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { publishRun } from '../../src/lists/publish.ts'
import { stageList } from '../../src/lists/stage.ts'
import { newId } from '../../src/new-id.ts'
import { defineRegistry, type Zone } from '../../src/registries/define.ts'
import { addStaff } from '../../src/staff/administer.ts'
import { withdrawFree } from '../../src/withdrawals/withdraw-free.ts'

/** What most tests need first: a registry, a zone, listings, and accounts with money. */

export const REGISTRY = 'test-registry'
export const REGISTRY_ACCOUNT = 'test-registry/droplock'
export const OUR_ACCOUNT = { id: REGISTRY_ACCOUNT, registryId: REGISTRY } as const
export const ZONE = 'test'
export const PRICE_MINOR = 1_900n
export const RENEWAL_MINOR = 1_500n

export function contextOf(db: Kysely<Database>): Context {
  return { db, newId }
}

export function zone(overrides: Partial<Zone> = {}): Zone {
  return {
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
    prices: ['USD', 'EUR', 'CNY'].map((currency) => ({
      tier: 'standard',
      currency,
      amountMinor: PRICE_MINOR,
    })),
    renewalPrices: ['USD', 'EUR', 'CNY'].map((currency) => ({ currency, perYearMinor: RENEWAL_MINOR })),
    ...overrides,
  }
}

export async function givenRegistry(ctx: Context, zones: readonly Zone[] = [zone()]): Promise<void> {
  await defineRegistry(asService(ctx), {
    id: REGISTRY,
    profile: 'generic',
    zones,
    reason: 'a test',
    accounts: [
      {
        id: REGISTRY_ACCOUNT,
        clid: 'droplock',
        hosts: [{ host: '127.0.0.1', port: 7700 }],
        isSimulator: true,
        limits: { sessionsMax: 4, commandsPerSecondMax: 40 },
      },
    ],
  })
}

export async function givenAccount(
  ctx: Context,
  options: { balanceMinor?: bigint; currency?: string; scopes?: readonly Scope[] } = {},
): Promise<AccountContext> {
  const currency = options.currency ?? 'USD'
  const accountId = await openAccount(asService(ctx), { name: 'A reseller', currency })
  const amountMinor = options.balanceMinor ?? 1_000_000n
  if (amountMinor > 0n) await topUp(ctx, { accountId, amountMinor, receiptId: ctx.newId() })
  const held = options.scopes ?? scopes
  return actFor(ctx, { kind: 'account', accountId, keyId: ctx.newId(), scopes: held, currency })
}

type GivenList = {
  readonly names: readonly string[]
  readonly zone?: string
  readonly purgeAt?: Date
  readonly opensAt?: Date
  readonly scope?: 'snapshot' | 'increment'
  readonly content?: string
}

/** Stages and publishes a list of names, which drop in an hour unless `purgeAt` says otherwise. */
export async function givenListings(ctx: Context, list: GivenList) {
  const run = await stage(ctx, list)
  return publishRun(ctx, { runId: run.id, opensAt: list.opensAt ?? new Date(0) })
}

export async function stage(ctx: Context, list: GivenList) {
  return stageList(ctx, {
    registryId: REGISTRY,
    source: 'test',
    format: 'test',
    contentSha256: () => Buffer.from(list.content ?? ctx.newId()),
    scope: () => ({ kind: list.scope ?? 'increment', zones: [list.zone ?? ZONE] }),
    entries: entriesOf(list),
  })
}

async function* entriesOf(list: GivenList): AsyncGenerator<DropEntry> {
  const purgeAt = list.purgeAt ?? new Date(Date.now() + 3_600_000)
  for (const [index, name] of list.names.entries()) {
    yield {
      kind: 'row',
      line: index + 1,
      name,
      zone: list.zone ?? ZONE,
      purgeAt,
      dropDate: purgeAt.toISOString().slice(0, 10),
    }
  }
}

/** A person with these roles, signed in. */
export async function givenStaff(ctx: Context, ...roles: readonly Role[]): Promise<StaffContext> {
  const email = `${ctx.newId()}@example.test`
  const name = roles.join(' and ')
  const staffId = await addStaff(asService(ctx), { email, name, roles, passwordHash: 'no password' })
  return {
    ...ctx,
    actor: { kind: 'staff', staffId, sessionId: ctx.newId(), email, name, roles, standing: 'proven' },
  }
}

/** Withdraws the listings of a zone that nobody holds. */
export async function withdrawAll(ctx: Context, ofZone = ZONE): Promise<void> {
  const live = ctx.db
    .selectFrom('listing')
    .select('id')
    .where('zone', '=', ofZone)
    .where('ended_at', 'is', null)
  for (const { id } of await live.execute())
    await withdrawFree(asService(ctx), { listingId: id, reason: 'a test' })
}

/** The open alarms, as `kind subject`. */
export async function openAlarms({ db }: Pick<Context, 'db'>): Promise<readonly string[]> {
  const alarms = await db
    .selectFrom('alarm')
    .select(['kind', 'subject'])
    .where('closed_at', 'is', null)
    .orderBy('kind')
    .execute()
  return alarms.map(({ kind, subject }) => `${kind} ${subject}`)
}
