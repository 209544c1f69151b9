import { createHash, hkdfSync } from 'node:crypto'
import { API_KEY_OCTETS, apiKeyText, type KeyMode } from '@droplock/rules/api-key-text'

/** The keys by which the pages act at the gateway. Every server derives the same key from its id, so none is stored. */
export type Keys = {
  readonly textOf: (keyId: string) => string
  readonly sha256Of: (keyId: string) => Uint8Array
  /** What stands for the session of an account of visitors: with another secret their key is another. A UUID. */
  readonly visitorsOf: (accountId: string) => string
}

/** Keys that only who has the secret can derive: HKDF (RFC 5869) with SHA-256 of the secret and the key's id. */
export function keysFrom(secret: string, mode: KeyMode): Keys {
  const textOf = (keyId: string) =>
    apiKeyText(mode, new Uint8Array(hkdfSync('sha256', secret, '', `key ${keyId}`, API_KEY_OCTETS)))
  return {
    textOf,
    sha256Of: (keyId) => createHash('sha256').update(textOf(keyId)).digest(),
    visitorsOf: (accountId) => uuidOf(hkdfSync('sha256', secret, '', `visitors ${accountId}`, UUID_OCTETS)),
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
