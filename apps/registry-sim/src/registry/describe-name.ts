import type { NameRecord, Registration } from './records.ts'
import type { RegistrySettings } from './settings.ts'

/** RFC 3915 addPeriod: the days after a create in which a delete is refunded. */
const ADD_PERIOD_MS = 5 * 86_400_000

/**
 * EPP statuses (RFC 5731 §2.3): redemption and pendingDelete look alike here. `inactive` is not told: a name without
 * name servers is plain `ok`, as many registries have it.
 */
export function statusesOf(record: NameRecord): readonly string[] {
  if (record.stage === 'pending') return ['pendingDelete']
  const statuses = record.registration?.statuses ?? []
  return statuses.length > 0 ? statuses : ['ok']
}

export function inAddPeriod(record: NameRecord, nowMs: number): boolean {
  const crDateMs = record.winner?.crDateMs
  return record.stage === 'registered' && crDateMs !== undefined && nowMs - crDateMs < ADD_PERIOD_MS
}

/** The RGP status (RFC 3915 §3.1), the only thing that tells redemption from the wait for the purge. */
export function rgpStatusOf(
  settings: RegistrySettings,
  record: NameRecord,
  nowMs: number,
): string | undefined {
  if (record.stage === 'pending') {
    const purgeAtMs = record.listedPurgeAtMs ?? nowMs
    return purgeAtMs - nowMs > settings.pendingDeleteMs ? 'redemptionPeriod' : 'pendingDelete'
  }
  return inAddPeriod(record, nowMs) ? 'addPeriod' : undefined
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
