import { addYears } from '../clock.ts'
import { book, feeMinor } from './money.ts'
import { inAddPeriod, inAutoRenewPeriod } from './names.ts'
import { makeRecord, type NameRecord, type Registration } from './records.ts'
import { beginLife, type Registry } from './registry.ts'
import { scheduleRelease } from './schedule-release.ts'

/** ICANN's Redemption Grace Period. */
const REDEMPTION_MS = 30 * 86_400_000

/** How a delete of this name works: at once and with a refund in the add grace period (RFC 3915 §3.1), later by redemption. */
export function decideDelete(record: NameRecord, nowMs: number): 'purge' | 'redeem' {
  return inAddPeriod(record, nowMs) ? 'purge' : 'redeem'
}

type Deletion = { readonly atMs: number; readonly svTRID: string }

/** Purges the name at once and refunds its create. Returns the refund in minor units. */
export function purgeNow(
  registry: Registry,
  record: NameRecord,
  held: Registration,
  deletion: Deletion,
): number {
  const years = Math.max(1, Math.round((held.exDateMs - held.crDateMs) / (365.25 * 86_400_000)))
  const minor = feeMinor(registry, record, record.name, 'create', years)
  const { atMs, svTRID } = deletion
  book(registry, {
    atMs,
    clid: held.clID,
    operation: 'delete_in_add_period',
    name: record.name,
    years,
    minor: -minor,
    svTRID,
  })
  record.stage = 'free'
  record.registration = undefined
  return minor
}

/** Credits the automatic renewal of a name that is deleted within its grace. Returns the credit in minor units. */
function creditAutoRenewal(
  registry: Registry,
  record: NameRecord,
  held: Registration,
  { atMs, svTRID }: Deletion,
): number {
  const { name } = record
  const minor = feeMinor(registry, record, name, 'renew', 1)
  const operation = 'delete_in_auto_renew_period'
  book(registry, { atMs, clid: held.clID, operation, name, years: 1, minor: -minor, svTRID })
  return minor
}

/**
 * Begins a new life of the name: in redemption, then pendingDelete, then purged. Rivals are drawn as always. Within the
 * auto-renew grace the renewal is credited, and exDate is a year earlier again. Returns the credit in minor units, or 0.
 */
export function redeem(
  registry: Registry,
  record: NameRecord,
  held: Registration,
  deletion: Deletion,
): number {
  const { atMs } = deletion
  const isCredited = inAutoRenewPeriod(registry.settings, record, atMs)
  const creditMinor = isCredited ? creditAutoRenewal(registry, record, held, deletion) : 0
  const pending = makeRecord(record.name, 'normal', {
    ...held,
    upDateMs: atMs,
    exDateMs: isCredited ? addYears(held.exDateMs, -1) : held.exDateMs,
    renewedAtMs: undefined,
    autoRenewedAtMs: undefined,
  })
  beginLife(registry, pending)
  const purgeAtMs = atMs + REDEMPTION_MS + registry.settings.pendingDeleteMs
  pending.listedPurgeAtMs = purgeAtMs
  scheduleRelease(registry, pending, purgeAtMs, atMs, {})
  return creditMinor
}
