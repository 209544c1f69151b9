import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { API_KEY_OCTETS, apiKeyText, type KeyMode } from '@droplock/rules/api-key-text'
import type { Secrets } from './older-secrets.ts'

/** The keys by which the pages act at the gateway. Every server derives the same key from its id, so none is stored. */
export type Keys = {
  /** An id, made of a new UUID, whose key is derived from the current secret. */
  readonly idFrom: (newId: string) => string
  readonly textOf: (keyId: string) => string
  readonly sha256Of: (keyId: string) => Uint8Array
  /** What stands for the session of an account of visitors: with another secret their key is another. A UUID. */
  readonly visitorsOf: (accountId: string) => string
}

/** Of an id: its end says by which secret its key is derived. Two secrets agree by chance in one of four billion. */
const MARK_CHARACTERS = 8

/**
 * Keys that only who has a secret can derive: HKDF (RFC 5869) with SHA-256 of the secret and the key's id. An id without a mark is of
 * before secrets could be changed: its key is derived from the oldest one.
 */
export function keysFrom(secrets: Secrets, mode: KeyMode): Keys {
  const [current] = secrets
  const secretOf = (keyId: string) =>
    secrets.find((secret) => keyId.endsWith(markOf(keyId, secret))) ?? secrets.at(-1) ?? current
  const textOf = (keyId: string) =>
    apiKeyText(mode, new Uint8Array(hkdfSync('sha256', secretOf(keyId), '', `key ${keyId}`, API_KEY_OCTETS)))
  return {
    idFrom: (newId) => newId.slice(0, -MARK_CHARACTERS) + markOf(newId, current),
    textOf,
    sha256Of: (keyId) => createHash('sha256').update(textOf(keyId)).digest(),
    visitorsOf: (accountId) => uuidOf(hkdfSync('sha256', current, '', `visitors ${accountId}`, UUID_OCTETS)),
  }
}

function markOf(keyId: string, secret: string): string {
  const hash = createHmac('sha256', secret)
    .update(`key id ${keyId.slice(0, -MARK_CHARACTERS)}`)
    .digest('hex')
  return hash.slice(0, MARK_CHARACTERS)
}

const UUID_OCTETS = 16

/** Octets as a UUID of our own kind (RFC 9562 section 5.8). */
function uuidOf(octets: ArrayBuffer): string {
  const bytes = Buffer.from(octets)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
