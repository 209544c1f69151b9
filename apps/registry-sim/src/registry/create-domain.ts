import { isDomainName, zoneOf } from './domain-name.ts'
import { type Arrival, makeRecord, type NameRecord, type Registration } from './records.ts'
import { nextRoid, RECORDS_MAX, type Registry } from './registry.ts'

/** A create as asked. `feeMinor` is the fee the client agreed to (RFC 8748), absent when it named none. */
export type CreateOrder = {
  readonly name: string
  readonly years: number
  readonly clID: string
  readonly registrant?: string | undefined
  readonly nameServers: readonly string[]
  readonly authInfo: string
  readonly fee?: { readonly minor: number; readonly currency: string | undefined } | undefined
}

export type CreateDecision =
  | { readonly code: 1000; readonly feeMinor: number }
  | { readonly code: 2003 | 2004 | 2005 | 2302 | 2306 | 2400; readonly reason: string }

/** Creates polled at the drop are millions; the truth of one name keeps this many, then counts. */
const ARRIVALS_PER_NAME_MAX = 1000

/** The fee for a year: a premium name becomes so only by its purge (rule 3). */
export function yearlyFeeMinor(registry: Registry, record: NameRecord | undefined): number {
  const { fee } = registry.settings
  return record?.kind === 'premium' && record.stage !== 'pending' ? fee.premiumMinor : fee.standardMinor
}

function decideFee(registry: Registry, record: NameRecord | undefined, order: CreateOrder): CreateDecision {
  const feeMinor = yearlyFeeMinor(registry, record) * order.years
  if (!order.fee) {
    if (record?.kind === 'premium') return { code: 2003, reason: 'Premium name: the fee must be given' }
    return { code: 1000, feeMinor }
  }
  if ((order.fee.currency ?? registry.settings.fee.currency) !== registry.settings.fee.currency) {
    return { code: 2004, reason: `Fees are in ${registry.settings.fee.currency}` }
  }
  if (order.fee.minor !== feeMinor) return { code: 2004, reason: 'The fee is another' }
  return { code: 1000, feeMinor }
}

/** What the registry would answer now (RFC 5731 §3.2.1). Changes nothing. */
export function decideCreate(registry: Registry, order: CreateOrder): CreateDecision {
  if (!isDomainName(order.name)) return { code: 2005, reason: 'Not a domain name' }
  if (zoneOf(order.name, registry.settings.zones) === undefined) {
    return { code: 2306, reason: 'Not in a zone of this registry' }
  }
  const record = registry.names.get(order.name)
  if (record && record.stage !== 'free') return { code: 2302, reason: 'Registered' }
  if (record?.kind === 'refused') return { code: 2306, reason: 'Reserved by policy' }
  if (!record && registry.names.size >= RECORDS_MAX) return { code: 2400, reason: 'The registry is full' }
  return decideFee(registry, record, order)
}

function addYears(fromMs: number, years: number): number {
  const date = new Date(fromMs)
  return date.setUTCFullYear(date.getUTCFullYear() + years)
}

/** Registers the name at `atMs`, which becomes its crDate. Only after `decideCreate` said 1000 at the same instant. */
export function commitCreate(registry: Registry, order: CreateOrder, atMs: number): Registration {
  const record = registry.names.get(order.name) ?? makeRecord(order.name, 'normal', undefined)
  const registration: Registration = {
    roid: nextRoid(registry),
    clID: order.clID,
    crDateMs: atMs,
    exDateMs: addYears(atMs, order.years),
    ...(order.registrant === undefined ? {} : { registrant: order.registrant }),
    nameServers: order.nameServers,
    authInfo: order.authInfo,
  }
  record.stage = 'registered'
  record.registration = registration
  record.winner = registration
  registry.names.set(order.name, record)
  return registration
}

/** Keeps a create's arrival for the truth. Names never loaded nor registered have none. */
export function recordArrival(registry: Registry, name: string, arrival: Arrival): void {
  const record = registry.names.get(name)
  if (!record) return
  if (record.arrivals.length < ARRIVALS_PER_NAME_MAX) record.arrivals.push(arrival)
  else record.arrivalsDropped += 1
}
