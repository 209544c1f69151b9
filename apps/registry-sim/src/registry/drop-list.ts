import type { NameRecord } from './records.ts'
import type { Registry } from './registry.ts'

/** ISO-8601 with `Z`; a fraction only where there is one. */
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
  return `TLD,DOMAIN,EXPIRED,PURGED\n${rows.join('')}`
}
