import { addYears } from '../clock.ts'
import { planAutoRenewal } from './auto-renew.ts'
import { type AgreedFee, book, covers, feeMinor, judgeFee } from './money.ts'
import { isDomainName, servedZone } from './names.ts'
import {
  type Application,
  type Arrival,
  type Details,
  makeRecord,
  type NameRecord,
  type Operation,
  type Registration,
} from './records.ts'
import { nextRoid, RECORDS_MAX, type Registry } from './registry.ts'

/** A create as the client orders it. */
export type CreateOrder = {
  readonly name: string
  readonly years: number
  readonly clID: string
  readonly details: Details
  readonly fee?: AgreedFee | undefined
}

type CreateDecision =
  | { readonly code: 1000 | 1001; readonly feeMinor: number }
  | {
      readonly code: 2003 | 2004 | 2005 | 2104 | 2302 | 2303 | 2306 | 2400
      readonly reason: string
      /** The price, if the create was refused for its fee. */
      readonly priceMinor?: number
    }

/** Applications for one name in one period. */
const APPLICATIONS_PER_NAME_MAX = 10_000

/** A contact or host in the create that does not exist, if the registry checks that. */
function findMissing(registry: Registry, { registrant, contacts, nameServers }: Details): string | undefined {
  const { settings } = registry
  const ids = [...(registrant === undefined ? [] : [registrant]), ...contacts.map(({ id }) => id)]
  const contact = settings.contacts === 'checked' ? ids.find((id) => !registry.contacts.has(id)) : undefined
  if (contact !== undefined) return `No contact ${contact}`
  const host =
    settings.hosts === 'checked' ? nameServers.find(({ name }) => !registry.hosts.has(name)) : undefined
  return host && `No host ${host.name}`.slice(0, 120)
}

function decideFee(registry: Registry, record: NameRecord | undefined, order: CreateOrder): CreateDecision {
  const due = feeMinor(registry, record, order.name, 'create', order.years)
  const refusal = judgeFee(registry, record, due, order.fee)
  if (refusal) return { ...refusal, priceMinor: due }
  if (!covers(registry.accounts.get(order.clID), due)) return { code: 2104, reason: 'The deposit is spent' }
  return { code: record?.awardAtMs === undefined ? 1000 : 1001, feeMinor: due }
}

/** The registry's answer to a create now (RFC 5731 §3.2.1). Changes nothing. */
export function decideCreate(registry: Registry, order: CreateOrder): CreateDecision {
  if (!isDomainName(order.name)) return { code: 2005, reason: 'Not a domain name' }
  if (servedZone(order.name, registry.settings) === undefined) {
    return { code: 2306, reason: 'Not in a zone of this registry' }
  }
  const record = registry.names.get(order.name)
  if (record && record.stage !== 'free') return { code: 2302, reason: 'Registered' }
  if (record?.kind === 'refused') return { code: 2306, reason: 'Reserved by policy' }
  if (record?.applications.some(({ clID }) => clID === order.clID)) {
    return { code: 2302, reason: 'Applied for already' }
  }
  const full =
    record === undefined
      ? registry.names.size >= RECORDS_MAX
      : record.applications.length >= APPLICATIONS_PER_NAME_MAX
  if (full) return { code: 2400, reason: 'The registry is full' }
  const missing = findMissing(registry, order.details)
  if (missing !== undefined) return { code: 2303, reason: missing }
  return decideFee(registry, record, order)
}

/** A decided create that is to be committed, with its transaction id. */
export type Commitment = {
  readonly order: CreateOrder
  readonly feeMinor: number
  readonly svTRID: string
  readonly operation: Operation
}

/** Registers the name at `atMs`, which becomes its crDate. Only after `decideCreate` returned 1000 at the same instant. */
export function commitCreate(registry: Registry, commitment: Commitment, atMs: number): Registration {
  const { order, svTRID, operation } = commitment
  const { name, clID, years } = order
  const record = registry.names.get(name) ?? makeRecord(name, 'normal', undefined)
  const registration: Registration = {
    ...order.details,
    roid: nextRoid(registry),
    clID,
    crDateMs: atMs,
    exDateMs: addYears(atMs, years),
  }
  record.stage = 'registered'
  record.registration = registration
  record.winner = registration
  registry.names.set(name, record)
  book(registry, { atMs, clid: clID, operation, name, years, minor: commitment.feeMinor, svTRID })
  planAutoRenewal(registry, name, registration, atMs)
  return registration
}

/** Records a create as an application. Only after `decideCreate` returned 1001 at the same instant. */
export function commitApplication(
  registry: Registry,
  commitment: Commitment,
  atMs: number,
  clTRID: string | undefined,
): Application {
  const { order, svTRID } = commitment
  const { clID, years, details } = order
  const application = { atMs, clID, clTRID, svTRID, years, details, feeMinor: commitment.feeMinor }
  registry.names.get(order.name)?.applications.push(application)
  return application
}

/** Records a create's arrival in the truth of its name, if the name was ever loaded or registered. */
export function recordArrival(registry: Registry, name: string, arrival: Arrival): void {
  const record = registry.names.get(name)
  if (!record) return
  if (record.arrivals.length < registry.settings.arrivalsPerNameMax) record.arrivals.push(arrival)
  else record.arrivalsDropped += 1
}
