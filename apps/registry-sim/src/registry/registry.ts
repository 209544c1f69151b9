import type { Clock } from '../clock.ts'
import { type Account, makeAccount } from './account.ts'
import { type FaultPlan, makeFaultPlan } from './faults.ts'
import type { Contact, Host } from './objects.ts'
import type { Ending, Entry, NameRecord } from './records.ts'
import type { RegistrySettings } from './settings.ts'
import { advance, makeTimeline, type Timeline } from './timeline.ts'

/** The bound on names a registry holds, current and past: about 1 GB of truth. */
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
  /** Names that wait for a batch (daily registries), with what is already fixed of their end. */
  readonly waiting: Map<NameRecord, Ending>
  readonly contacts: Map<string, Contact>
  readonly hosts: Map<string, Host>
  readonly accounts: Map<string, Account>
  /** Every debit and credit, in the order in which they were made. */
  readonly ledger: Entry[]
  /** Hours in which logins are taken, beyond the daily ones of the settings. */
  readonly openings: Opening[]
  readonly faults: FaultPlan
  /** What the published schemas have against a document; only where the registry is strict. */
  validate?: (document: Buffer) => string | undefined
  roidsGiven: number
  messagesGiven: number
  /** Entries that no longer fitted the report. */
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
 * The registry's present instant (epoch ms by its own clock), after letting everything due happen. Every look at the
 * registry begins here. It never runs backwards, even when the machine's clock is set back.
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

/** A repository object id; padded, so that the order of text is the order of giving. */
export function nextRoid(registry: Registry, letter: 'D' | 'C' | 'H' = 'D'): string {
  registry.roidsGiven += 1
  return `${letter}${String(registry.roidsGiven).padStart(9, '0')}-${registry.settings.repositoryId}`
}

export function nextSvTRID(registry: Registry): string {
  registry.answersGiven += 1
  return `${registry.settings.id}-${String(registry.answersGiven).padStart(9, '0')}`
}
