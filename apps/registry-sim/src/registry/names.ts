import type { NameRecord, Registration } from './records.ts'
import type { RegistrySettings } from './settings.ts'

/** Puts a changed registration in place of the one before, and returns it. What was won stays known as won. */
export function changeRegistration(
  record: NameRecord,
  held: Registration,
  changes: Partial<Registration>,
): Registration {
  const changed = { ...held, ...changes }
  if (record.winner === held) record.winner = changed
  record.registration = changed
  return changed
}

/** Names as the registry takes them: lower-case LDH labels; A-labels are not decoded. */

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const NAME_OCTETS_MAX = 253

/** RFC 1035 §2.3.1 as relaxed by RFC 1123; `--` in third place is reserved to A-labels (RFC 5891 §4.2.3.1). */
export function isDomainName(name: string): boolean {
  const labels = name.split('.')
  if (name.length > NAME_OCTETS_MAX || labels.length < 2) return false
  return labels.every(
    (label) => LABEL.test(label) && (label.slice(2, 4) !== '--' || label.startsWith('xn--')),
  )
}

/** The zone below which `name` is, however deep, by the longest match; `undefined` when it is below none. */
export function zoneAbove(name: string, zones: readonly string[]): string | undefined {
  let parent: string | undefined
  for (const zone of zones) {
    if (name.endsWith(`.${zone}`) && zone.length > (parent?.length ?? 0)) parent = zone
  }
  return parent
}

/** The zone in which `name` is exactly one label deep, by the longest match; `undefined` when it is none's. */
export function zoneOf(name: string, zones: readonly string[]): string | undefined {
  if (zones.includes(name)) return undefined
  const parent = zoneAbove(name, zones)
  if (parent === undefined) return undefined
  return name.slice(0, -parent.length - 1).includes('.') ? undefined : parent
}

/** `zoneOf` at a registry with these settings. At a sandbox every name directly below a zone is a zone too. */
export function servedZone(
  name: string,
  { zones, sandbox }: Pick<RegistrySettings, 'zones' | 'sandbox'>,
): string | undefined {
  const zone = zoneOf(name, zones)
  if (zone !== undefined || !sandbox) return zone
  const above = name.slice(name.indexOf('.') + 1)
  return zoneOf(above, zones) === undefined ? undefined : above
}

/** RFC 3915 addPeriod: the days after a create in which a delete is refunded. */
const ADD_PERIOD_MS = 5 * 86_400_000

/** RFC 3915 renewPeriod: the days after an explicit renewal. It is shown; a delete in it is not refunded here. */
const RENEW_PERIOD_MS = 5 * 86_400_000

/**
 * EPP statuses (RFC 5731 §2.3): redemption and pendingDelete look alike here. `inactive` is not shown: a name without
 * name servers is plain `ok`, as many registries have it.
 */
export function statusesOf(record: NameRecord): readonly string[] {
  if (record.stage === 'pending') return ['pendingDelete']
  const statuses = record.registration?.statuses ?? []
  return statuses.length > 0 ? statuses : ['ok']
}

/** A name that was renewed at its expiry is past its add period: only an expiry that was moved comes so early. */
export function inAddPeriod({ stage, winner, registration }: NameRecord, nowMs: number): boolean {
  if (stage !== 'registered' || winner === undefined || registration?.autoRenewedAtMs !== undefined)
    return false
  return nowMs - winner.crDateMs < ADD_PERIOD_MS
}

/** RFC 3915 autoRenewPeriod: the time after an automatic renewal in which a delete is refunded that renewal. */
export function inAutoRenewPeriod(
  { autoRenew }: RegistrySettings,
  { stage, registration }: NameRecord,
  nowMs: number,
): boolean {
  const renewedAtMs = registration?.autoRenewedAtMs
  if (autoRenew === null || stage === 'pending' || renewedAtMs === undefined) return false
  return nowMs - renewedAtMs < autoRenew.graceMs
}

/**
 * The RGP statuses (RFC 3915 §3.1). They alone distinguish redemption from the wait for the purge. A registered name may have
 * several, which end independently.
 */
export function rgpStatusesOf(
  settings: RegistrySettings,
  record: NameRecord,
  nowMs: number,
): readonly string[] {
  if (record.stage === 'pending') {
    const purgeAtMs = record.listedPurgeAtMs ?? nowMs
    return [purgeAtMs - nowMs > settings.pendingDeleteMs ? 'redemptionPeriod' : 'pendingDelete']
  }
  const renewedAtMs = record.registration?.renewedAtMs
  const inRenewPeriod = renewedAtMs !== undefined && nowMs - renewedAtMs < RENEW_PERIOD_MS
  return [
    ...(inAddPeriod(record, nowMs) ? ['addPeriod'] : []),
    ...(inAutoRenewPeriod(settings, record, nowMs) ? ['autoRenewPeriod'] : []),
    ...(inRenewPeriod ? ['renewPeriod'] : []),
  ]
}

/** What a registrar sees of a name: its registration and statuses. An applicant sees its own application (pendingCreate). */
export type Seen = {
  readonly held: Registration
  readonly statuses: readonly string[]
  readonly isApplication: boolean
}

export function seenBy(record: NameRecord, clid: string): Seen | undefined {
  const { registration } = record
  if (registration) return { held: registration, statuses: statusesOf(record), isApplication: false }
  const own =
    record.awardAtMs === undefined ? undefined : record.applications.find(({ clID }) => clID === clid)
  if (!own) return undefined
  const held = {
    ...own.details,
    roid: `A${own.svTRID.replace(/\D/g, '')}-APP`,
    clID: clid,
    crDateMs: own.atMs,
    exDateMs: own.atMs,
  }
  return { held, statuses: ['pendingCreate'], isApplication: true }
}
