import type { NameRecord, Registration } from './records.ts'

/** Puts a changed registration in place of the one before. What was won stays known as won. */
export function changeRegistration(
  record: NameRecord,
  held: Registration,
  changes: Partial<Registration>,
): void {
  const changed = { ...held, ...changes }
  if (record.winner === held) record.winner = changed
  record.registration = changed
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
