import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAccount } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import { type AccountContext, actFor, asService, type Context } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { newId } from '@droplock/core/new-id'
import { defineRegistry, type Zone } from '@droplock/core/registries/define'
import type { RegistryAccount } from '@droplock/core/registries/put-account'
import { closeDue } from '@droplock/core/schedule/steps'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { scopes } from '@droplock/rules/accounts'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import type { RegistryProfileId } from '@droplock/rules/registries'
import { openToday, type TodayPage } from '../../../console-api/test/support/open-today.ts'
import type { RegistryOptions } from '../../../registry-sim/src/registry/settings.ts'
import {
  type RunningRegistry,
  type Simulator,
  startSimulator,
} from '../../../registry-sim/src/start-simulator.ts'

/**
 * A database, a simulated registry and a reseller with money, so that a test can order names, let them drop, and compare
 * what Droplock decided with what the simulator knows. Real PostgreSQL, real TLS and EPP.
 */
export type Testbed = {
  readonly clone: Clone
  /** The catcher's context: the same database, with the rights of its role. */
  readonly catcher: Context
  readonly simulator: Simulator
  readonly registry: RunningRegistry
  readonly buyer: AccountContext
  readonly folder: string
  /** Orders names, moves them past their cut-off, and lets the simulator purge them `inMs` after that. */
  readonly order: (names: readonly DroppingName[], inMs: number, windowMs?: number) => Promise<void>
  /** Lists names, far from their drop. */
  readonly list: (names: readonly Pick<DroppingName, 'name'>[]) => Promise<void>
  /** Lists and orders names, far from their drop. */
  readonly secure: (names: readonly Pick<DroppingName, 'name'>[]) => Promise<void>
  /** Moves what was ordered past its cut-off, with a window from `dropFrom`. */
  readonly close: (dropFrom: Date, windowMs: number) => Promise<void>
  readonly post: (path: string, body: unknown) => Promise<unknown>
  /** Changes the zone as an operator does. */
  readonly setZone: (changes: Partial<Zone>) => Promise<void>
  /** The console's server, started at the first call. */
  readonly today: () => Promise<TodayPage>
  readonly end: () => Promise<void>
}

/** A name for the simulator's control API, without the time of the purge. */
export type DroppingName = {
  readonly name: string
  readonly kind?: 'normal' | 'premium' | 'withdrawn' | 'unreleased' | 'refused'
  readonly priorClid?: string
  readonly rivals?: readonly { readonly clid: string; readonly delayMs: number }[]
}

/**
 * The processes that tests start share their compiled modules: that is half of the time of a start, a hundred times a run.
 */
export const compileCache = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../../../node_modules/.cache/node-compile'),
} as const

export const ACCOUNT = 'sim/droplock'
export const PASSWORD = 'sim-secret-1'
export const AUTH_CODE_SECRET = 'a secret that gateway and catcher share in tests'
const ZONE = 'test'
export const SESSIONS_MAX = 4
export const COMMANDS_PER_SECOND_MAX = 40
/** How late a command may be counted, for tests that count exceeded rates: registries run in the test's process, which may be held up. */
export const TRANSIT_MS_MAX = 2_000
const PRICE_MINOR = 1_900n
const RENEWAL_MINOR = 1_500n
const WINDOW_MS = 1_000

/** Settings of the registry and our account that differ from the default. */
type Terms = Partial<Pick<RegistryAccount, 'clientCertificate' | 'limits' | 'sourceAddress'>> & {
  readonly profile?: RegistryProfileId
}

/** `zone` has the settings of each zone that differ from the default. `openClone`: a database on another server than that of the run. */
export async function startTestbed(
  settings: Partial<RegistryOptions> = {},
  zone: Partial<Zone> = {},
  terms: Terms = {},
  openClone: () => Promise<Clone> = () => cloneDatabase({ connectionsMax: 20 }),
): Promise<Testbed> {
  const clone = await openClone()
  const simulator = await startSimulator({
    registries: [{ id: 'sim', release: 'exact', zones: [ZONE], ...settings }],
  })
  const [registry] = simulator.registries
  if (registry === undefined) throw new Error('the simulator has no registry')
  const ctx = { db: clone.db, newId }
  const zones = settings.zones ?? [ZONE]
  const setZone: Testbed['setZone'] = (changes) =>
    givenRegistry(ctx, registry, zones, { ...zone, ...changes }, terms)
  await setZone({})
  const buyer = await givenBuyer(ctx)
  const folder = mkdtempSync(join(tmpdir(), 'droplock-catcher-'))
  const post = (path: string, body: unknown) => postTo(`${simulator.control}/registries/sim/${path}`, body)
  const secure: Testbed['secure'] = async (names) => {
    await list(buyer, names)
    for (const { name } of names) await placeBackorder(buyer, { name, payment: 'balance' })
  }
  const order: Testbed['order'] = async (names, inMs, windowMs = WINDOW_MS) => {
    await secure(names)
    await passCutoff(buyer, await loadNames(post, names, inMs), windowMs)
  }
  let page: Promise<TodayPage> | undefined
  const today = () => (page ??= openToday(ctx, clone.urls.console_api, compileCache))
  const end = async () => {
    const opened = await page
    opened?.end()
    await simulator.stop()
    await clone.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    clone,
    catcher: { db: clone.openAs('catcher'), newId },
    simulator,
    registry,
    buyer,
    folder,
    order,
    list: (names) => list(buyer, names),
    secure,
    close: (dropFrom, windowMs) => passCutoff(buyer, dropFrom, windowMs),
    post,
    setZone,
    today,
    end,
  }
}

/** The terms of a test's zone: exact instants, a window of one second and a grace of one second. */
export const testZone = {
  standardFeeMinor: 800n,
  feeCurrency: 'USD',
  cutoffLeadSeconds: 0,
  dropTimeZone: 'UTC',
  dropStartsAt: '00:00',
  dropLastsSeconds: 60,
  earlySeconds: 0,
  lateSeconds: 1,
  graceSeconds: 1,
  // Windows of seconds have no minutes to follow.
  driftEarlierSecondsMax: 0,
  driftLaterSecondsMax: 0,
  prices: [{ tier: 'standard', currency: 'USD', amountMinor: PRICE_MINOR }],
  renewalPrices: [{ currency: 'USD', perYearMinor: RENEWAL_MINOR }],
} as const

/** Defines the registry, with zones of `testZone`. */
async function givenRegistry(
  ctx: Context,
  { host, port, dropPort }: RunningRegistry,
  zones: readonly string[],
  zone: Partial<Zone>,
  { profile = 'generic', ...terms }: Terms,
): Promise<void> {
  await defineRegistry(asService(ctx), {
    reason: 'a test',
    id: 'sim',
    profile,
    accounts: [
      {
        id: ACCOUNT,
        clid: 'droplock',
        hosts: [{ host, port }],
        isSimulator: true,
        limits: { sessionsMax: SESSIONS_MAX, commandsPerSecondMax: COMMANDS_PER_SECOND_MAX },
        ...(dropPort !== undefined && { dropHosts: [{ host, port: dropPort }] }),
        ...terms,
      },
    ],
    zones: zones.map((name) => ({ ...testZone, name, ...zone })),
  })
}

/** An account with more money than a test spends. */
export async function givenBuyer(ctx: Context): Promise<AccountContext> {
  const accountId = await openAccount(asService(ctx), { name: 'A reseller', currency: 'USD' })
  await topUp(ctx, { accountId, amountMinor: 100_000_000n, receiptId: newId() })
  return actFor(ctx, { kind: 'account', accountId, keyId: newId(), scopes, currency: 'USD' })
}

/** On a busy machine the request may arrive after the purge. Then it is repeated with a later purge. */
async function loadNames(post: Testbed['post'], names: readonly DroppingName[], inMs: number): Promise<Date> {
  const purgeAt = new Date(Date.now() + inMs)
  const loaded = await post('names', {
    names: names.map((each) => ({ ...each, purgeAt: purgeAt.toISOString() })),
  })
  return JSON.stringify(loaded).includes('purge_at_past') ? loadNames(post, names, 2 * inMs) : purgeAt
}

async function postTo(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

/** Lists the names with a drop far away, so that the duration of ordering does not matter. */
async function list(ctx: AccountContext, names: readonly Pick<DroppingName, 'name'>[]): Promise<void> {
  const purgeAt = new Date(Date.now() + 3_600_000)
  const run = await stageList(ctx, {
    registryId: 'sim',
    source: 'test',
    format: 'test',
    contentSha256: () => createHash('sha256').update(randomUUID()).digest(),
    scope: () => ({ kind: 'increment', zones: [...new Set(names.map(({ name }) => zoneOf(name)))] }),
    entries: entries(names, purgeAt),
  })
  await publishRun(ctx, { runId: run.id, opensAt: new Date(0) })
}

const zoneOf = (name: string) => name.slice(name.indexOf('.') + 1)

async function* entries(
  names: readonly Pick<DroppingName, 'name'>[],
  purgeAt: Date,
): AsyncGenerator<DropEntry> {
  const dropDate = purgeAt.toISOString().slice(0, 10)
  for (const [index, { name }] of names.entries()) {
    yield { kind: 'row', line: index + 1, name, zone: zoneOf(name), purgeAt, dropDate }
  }
}

/** Moves the drop to `purgeAt` and the cut-off to now, and lets the sweep close the listings. */
async function passCutoff(ctx: AccountContext, purgeAt: Date, windowMs: number): Promise<void> {
  await ctx.db
    .updateTable('listing')
    .set({ cutoff_at: new Date(), drop_from: purgeAt, drop_to: new Date(purgeAt.getTime() + windowMs) })
    .where('state', '=', 'open')
    .execute()
  while ((await closeDue(ctx)).closed > 0);
}
