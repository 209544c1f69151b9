import type { NameRecord } from '../registry/records.ts'
import type { Registry } from '../registry/registry.ts'

/** A registry as the control API tells it: no passwords. */
export type Hosted = { readonly registry: Registry; readonly host: string; readonly port: number }

export function describeRegistry({ registry, host, port }: Hosted) {
  const { settings } = registry
  return {
    id: settings.id,
    profile: settings.profile ?? null,
    release: settings.release,
    host,
    port,
    zones: settings.zones,
    overRate: settings.overRate,
    idleMs: settings.idleMs,
    clockSkewMs: settings.clockSkewMs,
    fee: settings.fee,
    accounts: settings.accounts.map(({ clid, limits }) => ({ clid, limits })),
    names: countStages(registry),
  }
}

export function countStages(registry: Registry): Record<NameRecord['stage'], number> {
  const counts = { pending: 0, free: 0, registered: 0, restored: 0 }
  for (const record of registry.names.values()) counts[record.stage] += 1
  return counts
}

/** The contacts there are, by id; no authInfo. */
export function describeContacts(registry: Registry) {
  return [...registry.contacts.values()].map(({ id, clID, crDateMs, content }) => ({
    id,
    clid: clID,
    crDate: new Date(crDateMs).toISOString(),
    names: content.postalInfos.map(({ name }) => name),
    email: content.email,
  }))
}

/** What each account used of its limits, and how often it crossed them. */
export function describeUse(registry: Registry) {
  return [...registry.accounts.values()].map((account) => ({
    clid: account.clid,
    limits: account.limits,
    sessions: account.sessions.size,
    used: account.used,
    spentMinor: account.spentMinor,
    charged: [...account.charged.values()],
    messages: account.messages.length,
    violations: account.violations,
  }))
}
