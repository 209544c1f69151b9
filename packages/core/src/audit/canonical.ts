import type { JsonValue } from '../database/tables.gen.ts'

/**
 * One text for one value: keys sorted by code unit, no spaces, absent keys left out (as RFC 8785 orders them). Numbers are
 * those of JavaScript, so what is hashed reads back from jsonb as it was.
 */
export function canonicalJson(value: JsonValue | undefined): string {
  if (value === undefined) return 'null'
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

/** `Array.isArray` does not narrow a readonly array. */
export function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value)
}
