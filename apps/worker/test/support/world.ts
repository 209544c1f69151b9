import { asService, type Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { defineRegistry } from '@droplock/core/registries/define'
import { addSource } from '@droplock/core/sources/administer'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { isDropListFormat } from '@droplock/feeds/formats/formats'
import { createLogger } from '@droplock/observability/logger'
import { type ListSourceTerms, usualSource } from '@droplock/rules/list-sources'
import type { Credentials } from '../../src/feeds/credentials.ts'
import { type FetchRule, sourceFetcher } from '../../src/feeds/fetch-sources.ts'
import type { MoneyIntervals } from '../../src/money/money-jobs.ts'

export const REGISTRY = 'test-registry'

export type World = {
  readonly ctx: Context
  /** What the worker has: the same database, with its role's rights. */
  readonly worker: Context
  readonly clone: Clone
  readonly log: LogEvent[]
  readonly logger: Logger
}
type Logger = ReturnType<typeof createLogger>
type LogEvent = { readonly event: string; readonly level: string; readonly [field: string]: unknown }

/** A database with one registry that serves `.test`, its cut-off a minute before the drop; and a log that can be read. */
export async function givenWorld(cutoffLeadSeconds = 60): Promise<World> {
  const clone = await cloneDatabase()
  const ctx = { db: clone.db, newId }
  await defineRegistry(asService(ctx), {
    id: REGISTRY,
    profile: 'generic',
    accounts: [],
    zones: [
      {
        name: 'test',
        standardFeeMinor: 800n,
        feeCurrency: 'USD',
        cutoffLeadSeconds,
        dropTimeZone: 'UTC',
        dropStartsAt: '00:00',
        dropLastsSeconds: 60,
        earlySeconds: 0,
        lateSeconds: 0,
        graceSeconds: 60,
        prices: [{ tier: 'standard', currency: 'USD', amountMinor: 1_900n }],
        renewalPrices: [{ currency: 'USD', perYearMinor: 1_200n }],
      },
    ],
  })
  const log: LogEvent[] = []
  const destination = { write: (line: string) => void log.push(JSON.parse(line)) }
  return {
    ctx,
    worker: { db: clone.openAs('worker'), newId },
    clone,
    log,
    logger: createLogger({ app: 'worker', level: 'info', pretty: false, destination }),
  }
}

export const rule: FetchRule = {
  pollMs: 60_000,
  pollMsMax: 10_000,
  bytesMax: 1_000_000,
  publication: 'at_once',
}

/** As often as a test wants to see things happen. */
export const moneyEvery: MoneyIntervals = {
  holdsMs: 20,
  eventsMs: 20,
  tasksMs: 20,
  pollMs: 20,
  refundsMs: 20,
  expiryMs: 20,
}

/** Due at once again after a poll. */
export const always: FetchRule = { ...rule, pollMs: 0 }

/** Adds a source. Returns its id. */
export function givenSource({ ctx }: World, terms: Partial<ListSourceTerms>): Promise<string> {
  const source = { ...usualSource, address: '', ...terms, registryId: REGISTRY }
  return addSource(asService(ctx), source, isDropListFormat)
}

/** Fetches what is due, as a worker does. */
export function fetcher(
  { worker, logger }: World,
  fetchRule: FetchRule = always,
  credentials: Credentials = new Map(),
) {
  return sourceFetcher({ ctx: worker, rule: fetchRule, credentials, logger })
}

export async function sourceRow({ ctx }: World) {
  return ctx.db.selectFrom('list_source').selectAll().executeTakeFirstOrThrow()
}

/** An IETF list of names that drop in an hour. */
export function listOf(names: readonly string[], purgeAt: Date = new Date(Date.now() + 3_600_000)): string {
  const purged = purgeAt.toISOString()
  const rows = names.map((name) => `test,${name},2026-01-01T00:00:00Z,${purged}\n`)
  return `TLD,DOMAIN,EXPIRED,PURGED\n${rows.join('')}`
}

/** The names that can be ordered: also before a sweep has noted that they opened. */
export async function listedNames({ ctx }: World): Promise<readonly string[]> {
  const rows = await ctx.db
    .selectFrom('listing')
    .innerJoin('sync_run as publication', 'publication.id', 'listing.publication_id')
    .select('listing.name')
    .where('listing.state', 'in', ['upcoming', 'open'])
    .where('listing.opens_at', '<=', new Date())
    .where('publication.listed_at', 'is not', null)
    .orderBy('listing.name')
    .execute()
  return rows.map((row) => row.name)
}

export async function runStates({ ctx }: World): Promise<readonly string[]> {
  const rows = await ctx.db.selectFrom('sync_run').select('state').orderBy('id').execute()
  return rows.map((row) => row.state)
}
