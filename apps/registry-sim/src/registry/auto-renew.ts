import { addYears } from '../clock.ts'
import { book, feeMinor } from './money.ts'
import { changeRegistration } from './names.ts'
import type { Registration } from './records.ts'
import { nextSvTRID, type Registry } from './registry.ts'
import { plan } from './timeline.ts'

const DAY_MS = 86_400_000

const dayOf = (atMs: number) => Math.floor(atMs / DAY_MS)

/** Renews the name by one year, whatever the deposit: a registry does not ask. upDate stays: no client changed the name. */
function autoRenew(registry: Registry, name: string, planned: Registration, atMs: number): void {
  const record = registry.names.get(name)
  const held = record?.registration
  const isDue = held?.roid === planned.roid && held.exDateMs === planned.exDateMs
  // Renewed, moved or deleted since it was planned.
  if (!record || !isDue || record.stage === 'pending') return
  const minor = feeMinor(registry, record, name, 'renew', 1)
  const svTRID = nextSvTRID(registry)
  book(registry, { atMs, clid: held.clID, operation: 'autorenew', name, years: 1, minor, svTRID })
  const renewed = changeRegistration(record, held, {
    exDateMs: addYears(held.exDateMs, 1),
    autoRenewedAtMs: atMs,
  })
  planAutoRenewal(registry, name, renewed, atMs)
}

function planExpiry(registry: Registry, name: string, held: Registration, nowMs: number): void {
  plan(registry.timeline, Math.max(nowMs, held.exDateMs), (at) => autoRenew(registry, name, held, at))
}

/** Plans the expiries of a day that begins, each at its instant. */
function planDay(registry: Registry, day: number, atMs: number): void {
  const names = registry.expiries.get(day) ?? []
  registry.expiries.delete(day)
  for (const name of names) {
    const held = registry.names.get(name)?.registration
    if (held && dayOf(held.exDateMs) === day) planExpiry(registry, name, held, atMs)
  }
}

/**
 * Plans the automatic renewal of a name (RFC 3915 §3.1, autoRenewPeriod) at its exDate, or now if that has passed. To be
 * called whenever an exDate was set: by a create, an award, a renewal, a restore or the control API. A name that is renewed,
 * moved or deleted before that instant is left alone then.
 *
 * A drop registers a million names that expire a year later. Each is only noted under its day, and the timeline holds one
 * event for the day, because most of these instants are never reached. Rivals' names are renewed as those of everyone else.
 */
export function planAutoRenewal(registry: Registry, name: string, held: Registration, nowMs: number): void {
  if (registry.settings.autoRenew === null) return
  const day = dayOf(held.exDateMs)
  if (day <= dayOf(nowMs)) {
    planExpiry(registry, name, held, nowMs)
    return
  }
  const noted = registry.expiries.get(day)
  if (noted) {
    noted.push(name)
    return
  }
  registry.expiries.set(day, [name])
  plan(registry.timeline, day * DAY_MS, (at) => planDay(registry, day, at))
}
