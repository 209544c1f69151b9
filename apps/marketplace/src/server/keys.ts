import { createHash, hkdfSync } from 'node:crypto'
import type { HashesOfKey } from '@droplock/core/members/session-key'
import { API_KEY_OCTETS, apiKeyText, type KeyMode } from '@droplock/rules/api-key-text'
import type { Secrets } from './older-secrets.ts'

/** The keys by which the pages act at the gateway. Every server derives the same key from its id, so none is stored. */
export type Keys = {
  /** The key whose hash is in the database; where none is given, of the current secret. */
  readonly textOf: (key: { readonly keyId: string; readonly keySha256?: Uint8Array }) => string
  /** Of the keys that belong to this id by each secret, the current one's first. */
  readonly sha256sOf: (keyId: string) => HashesOfKey
  /** What stands for the session of an account of visitors: with another secret their key is another. A UUID. */
  readonly visitorsOf: (accountId: string) => string
}

/** Keys that only who has a secret can derive: HKDF (RFC 5869) with SHA-256 of the secret and the key's id. */
export function keysFrom([current, ...older]: Secrets, mode: KeyMode): Keys {
  const textBy = (secret: string, keyId: string) =>
    apiKeyText(mode, new Uint8Array(hkdfSync('sha256', secret, '', `key ${keyId}`, API_KEY_OCTETS)))
  const sha256By = (secret: string, keyId: string) =>
    createHash('sha256').update(textBy(secret, keyId)).digest()
  return {
    textOf: ({ keyId, keySha256 }) => {
      const isOf = (secret: string) => keySha256 !== undefined && sha256By(secret, keyId).equals(keySha256)
      return textBy(older.find(isOf) ?? current, keyId)
    },
    sha256sOf: (keyId) => [sha256By(current, keyId), ...older.map((secret) => sha256By(secret, keyId))],
    visitorsOf: (accountId) => uuidOf(hkdfSync('sha256', current, '', `visitors ${accountId}`, UUID_OCTETS)),
  }
}

const UUID_OCTETS = 16

/** Octets as a UUID of our own kind (RFC 9562 section 5.8). */
function uuidOf(octets: ArrayBuffer): string {
  const bytes = Buffer.from(octets)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
