import { createHash } from 'node:crypto'
import type { JsonValue } from '../database/tables.gen.ts'

/**
 * The canonical text of a value: keys sorted by code unit as in RFC 8785, no spaces, absent keys left out. Numbers are those of
 * JavaScript, so what is read back from jsonb hashes the same.
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

/** The hashed part of an entry: everything but the two hashes. `at` to the millisecond. */
type Hashed = {
  readonly seq: bigint
  readonly at: Date
  readonly actor_kind: 'staff' | 'system'
  readonly actor_id: string | null
  readonly actor_name: string
  readonly action: string
  readonly subject_type: string
  readonly subject_id: string
  readonly reason: string | null
  readonly before: JsonValue
  readonly after: JsonValue
}

/** SHA-256(hash of the previous entry ‖ canonical JSON of this one): an entry cannot change without all later ones. */
export function entryHash(prevHash: Uint8Array | null, entry: Hashed): Buffer {
  const content = canonicalJson({
    seq: entry.seq.toString(),
    at: entry.at.toISOString(),
    actor_kind: entry.actor_kind,
    actor_id: entry.actor_id,
    actor_name: entry.actor_name,
    action: entry.action,
    subject_type: entry.subject_type,
    subject_id: entry.subject_id,
    reason: entry.reason,
    before: entry.before,
    after: entry.after,
  })
  const hash = createHash('sha256')
  if (prevHash !== null) hash.update(prevHash)
  return hash.update(content, 'utf8').digest()
}

/** Facts about a subject as a use case has them, with dates and amounts. */
export type Facts = { readonly [key: string]: Fact }
type Fact = string | number | boolean | bigint | Date | null | undefined | Facts | readonly Fact[]
