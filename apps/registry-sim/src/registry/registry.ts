import type { Clock } from '../clock.ts'
import { type Account, makeAccount } from './account.ts'
import { type FaultPlan, makeFaultPlan } from './faults.ts'
import type { Contact, Host } from './objects.ts'
import type { Ending, Entry, NameRecord } from './records.ts'
import type { RegistrySettings } from './settings.ts'
import { advance, makeTimeline, type Timeline } from './timeline.ts'

/** The most names that a registry holds, current and past: about 1 GB. */
export const RECORDS_MAX = 1_000_000

/** From `fromMs` on, before `untilMs`; registry clock. */
type Opening = { readonly fromMs: number; readonly untilMs: number }

export type Registry = {
  readonly settings: RegistrySettings
  readonly seed: number
  readonly clock: Clock
  readonly timeline: Timeline
  /** The current life of each name, in the order of loading. */
  readonly names: Map<string, NameRecord>
  /** Ended lives of names that came back. */
  readonly past: NameRecord[]
  /** Names that wait for a batch (daily registries), with what is fixed about their end. */
  readonly waiting: Map<NameRecord, Ending>
  /** Names by the day of their expiry, counted from 1970, while that day is ahead. See `planAutoRenewal`. */
  readonly expiries: Map<number, string[]>
  readonly contacts: Map<string, Contact>
  readonly hosts: Map<string, Host>
  readonly accounts: Map<string, Account>
  /** Every debit and credit, in the order in which they were made. */
  readonly ledger: Entry[]
  /** Periods in which logins are accepted, besides the daily ones of the settings. */
  readonly openings: Opening[]
  readonly faults: FaultPlan
  /** Validates a document by the published schemas; only at a strict registry. */
  validate?: (document: Buffer) => string | undefined
  roidsGiven: number
  messagesGiven: number
  /** Entries that did not fit into the report. */
  ledgerDropped: number
  answersGiven: number
  batches: number
  lastMs: number
}

export function makeRegistry(settings: RegistrySettings, seed: number, clock: Clock): Registry {
  return {
    settings,
    seed,
    clock,
    timeline: makeTimeline(),
    names: new Map(),
    past: [],
    waiting: new Map(),
    expiries: new Map(),
    contacts: new Map(),
    hosts: new Map(),
    ledger: [],
    openings: [],
    accounts: new Map(settings.accounts.map((account) => [account.clid, makeAccount(account)])),
    faults: makeFaultPlan(seed, settings.id),
    roidsGiven: 0,
    messagesGiven: 0,
    ledgerDropped: 0,
    answersGiven: 0,
    batches: 0,
    lastMs: Number.NEGATIVE_INFINITY,
  }
}

/**
 * The registry's present instant (epoch ms by its own clock), after everything due has happened. Every access to the
 * registry begins with it. It never goes back, even when the machine's clock is set back.
 */
export function present(registry: Registry): number {
  registry.lastMs = Math.max(registry.lastMs, registry.clock.nowMs() + registry.settings.clockSkewMs)
  advance(registry.timeline, registry.lastMs)
  return registry.lastMs
}

/** Puts a new life of a name in place of the one before, which is kept as past. */
export function beginLife(registry: Registry, record: NameRecord): void {
  const ended = registry.names.get(record.name)
  if (ended) registry.past.push(ended)
  // Deleted first, so that the map keeps the order of beginning.
  registry.names.delete(record.name)
  registry.names.set(record.name, record)
}

/** A repository object id, padded so that ids sort in the order in which they were assigned. */
export function nextRoid(registry: Registry, letter: 'D' | 'C' | 'H' = 'D'): string {
  registry.roidsGiven += 1
  return `${letter}${String(registry.roidsGiven).padStart(9, '0')}-${registry.settings.repositoryId}`
}

export function nextSvTRID(registry: Registry): string {
  registry.answersGiven += 1
  return `${registry.settings.id}-${String(registry.answersGiven).padStart(9, '0')}`
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Whether the registry accepts logins and commands now: always, or within its opening hours if it has any. */
export function isOpen({ settings, openings }: Registry, nowMs: number): boolean {
  const { opening } = settings
  if (openings.some(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs)) return true
  if (!opening) return true
  const [hours = 0, minutes = 0] = opening.atUtc.split(':').map(Number)
  const startMs = (hours * 60 + minutes) * MINUTE_MS
  const sinceMs = (((nowMs - startMs) % DAY_MS) + DAY_MS) % DAY_MS
  return sinceMs < opening.openMs
}
