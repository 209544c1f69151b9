import { createHash, hkdfSync } from 'node:crypto'
import { API_KEY_OCTETS, apiKeyText, type KeyMode } from '@droplock/rules/api-key-text'

/** The keys by which the pages act at the gateway. Every server derives the same key from its id, so none is stored. */
export type Keys = {
  readonly textOf: (keyId: string) => string
  readonly sha256Of: (keyId: string) => Uint8Array
}

/** Keys that only who has the secret can derive: HKDF (RFC 5869) with SHA-256 of the secret and the key's id. */
export function keysFrom(secret: string, mode: KeyMode): Keys {
  const textOf = (keyId: string) =>
    apiKeyText(mode, new Uint8Array(hkdfSync('sha256', secret, '', `key ${keyId}`, API_KEY_OCTETS)))
  return { textOf, sha256Of: (keyId) => createHash('sha256').update(textOf(keyId)).digest() }
}
