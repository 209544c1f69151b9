import { statusesOf } from './names.ts'
import type { Arrival, DomainContact, NameRecord, NameServer, Registration } from './records.ts'
import type { Registry } from './registry.ts'

/** ISO-8601 with `Z`, and a fraction only if it is not zero. */
function instant(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z')
}

function isUpcoming(record: NameRecord, nowMs: number): boolean {
  return record.stage === 'pending' && (record.listedPurgeAtMs ?? 0) > nowMs
}

/** The registry's Domain Drop List Report (draft-sattler-domain-drop-list): what is due, earliest purge first. */
export function writeDropList(registry: Registry, nowMs: number): string {
  const rows = [...registry.names.values()]
    .filter((record) => isUpcoming(record, nowMs))
    .map((record) => ({
      name: record.name,
      expiredMs: record.prior?.exDateMs ?? nowMs,
      purgeMs: record.listedPurgeAtMs ?? 0,
    }))
    .toSorted((a, b) => a.purgeMs - b.purgeMs || (a.name < b.name ? -1 : 1))
    .map(({ name, expiredMs, purgeMs }) => {
      const tld = name.slice(name.lastIndexOf('.') + 1)
      return `${tld},${name},${instant(expiredMs)},${instant(purgeMs)}\n`
    })
  return `TLD,DOMAIN,EXPIRED,PURGED\n${rows.join('')}${registry.settings.sandbox ? alwaysListed(registry, nowMs) : ''}`
}

const DAY_MS = 86_400_000
/** Never reached: the day moves along. */
const ALWAYS_LISTED_DAYS = 30

/**
 * A name that a sandbox lists always, below the zone itself and so in nobody's. A list without names says nothing about those that left it,
 * and its readers take it for a fault.
 */
function alwaysListed({ settings }: Registry, nowMs: number): string {
  const [zone] = settings.zones
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS
  const [expired, purged] = [today - DAY_MS, today + ALWAYS_LISTED_DAYS * DAY_MS].map(instant)
  return `${zone},always-listed.${zone},${expired},${purged}\n`
}

/** Everything about one life of a name, for tests and proofs. Times are ISO-8601 UTC by the registry's clock. */
export type NameTruth = {
  readonly name: string
  readonly kind: NameRecord['kind']
  readonly stage: NameRecord['stage']
  readonly statuses: readonly string[]
  readonly listedPurgeAt: string | null
  readonly releasedAt: string | null
  readonly restoredAt: string | null
  readonly prior: Holder | null
  readonly winner: Holder | null
  readonly arrivals: readonly (Omit<Arrival, 'atMs'> & { readonly at: string })[]
  readonly arrivalsDropped: number
}

export type Holder = {
  readonly roid: string
  readonly clID: string
  readonly crDate: string
  readonly exDate: string
  readonly upDate: string | null
  /** The last renewal by the registry itself. */
  readonly autoRenewedAt: string | null
  readonly registrant: string | null
  readonly contacts: readonly DomainContact[]
  readonly nameServers: readonly NameServer[]
}

const iso = (atMs: number | undefined) => (atMs === undefined ? null : new Date(atMs).toISOString())

function holder(registration: Registration | undefined): Holder | null {
  if (!registration) return null
  return {
    roid: registration.roid,
    clID: registration.clID,
    crDate: new Date(registration.crDateMs).toISOString(),
    exDate: new Date(registration.exDateMs).toISOString(),
    upDate: iso(registration.upDateMs),
    autoRenewedAt: iso(registration.autoRenewedAtMs),
    registrant: registration.registrant ?? null,
    contacts: registration.contacts,
    nameServers: registration.nameServers,
  }
}

export function truthOf(record: NameRecord): NameTruth {
  return {
    name: record.name,
    kind: record.kind,
    stage: record.stage,
    statuses: record.registration ? statusesOf(record) : [],
    listedPurgeAt: iso(record.listedPurgeAtMs),
    releasedAt: iso(record.releasedAtMs),
    restoredAt: iso(record.restoredAtMs),
    prior: holder(record.prior),
    winner: holder(record.winner),
    arrivals: record.arrivals.map(({ atMs, ...arrival }) => ({
      at: new Date(atMs).toISOString(),
      ...arrival,
    })),
    arrivalsDropped: record.arrivalsDropped,
  }
}

/** Every life of every name, ended ones first. Lazy: a registry may hold a hundred thousand. */
export function* allTruth(registry: Registry): Generator<NameTruth> {
  for (const record of registry.past) yield truthOf(record)
  for (const record of registry.names.values()) yield truthOf(record)
}
