import type { NameRecord } from './records.ts'
import type { RegistrySettings } from './settings.ts'

/** RFC 3915 addPeriod: the days after a create in which a delete is refunded. */
const ADD_PERIOD_MS = 5 * 86_400_000

/** EPP statuses (RFC 5731 §2.3): redemption and pendingDelete look alike here. */
export function statusesOf(record: NameRecord): readonly string[] {
  return record.stage === 'pending' ? ['pendingDelete'] : ['ok']
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
  const crDateMs = record.winner?.crDateMs
  return record.stage === 'registered' && crDateMs !== undefined && nowMs - crDateMs < ADD_PERIOD_MS
    ? 'addPeriod'
    : undefined
}
