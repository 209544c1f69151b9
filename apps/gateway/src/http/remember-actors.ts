import type { AccountActor } from '@droplock/core/context'
import { LRUCache } from 'lru-cache'

/** A revoked key is refused within 1 s: half of it here, and an order reads its key's row once more. */
const REMEMBERED_MS = 500

/** More keys than are used within that time. */
const ACTORS_MAX = 10_000

type Find = (keySha256: Uint8Array) => Promise<AccountActor | undefined>

/** Reads a key once for all requests of half a second. An unknown key is not remembered: a key works as soon as it is issued. */
export function rememberActors(find: Find): Find {
  const actors = new LRUCache<string, AccountActor>({
    max: ACTORS_MAX,
    ttl: REMEMBERED_MS,
    fetchMethod: (key) => find(Buffer.from(key, 'base64')),
  })
  return (keySha256) => actors.fetch(Buffer.from(keySha256).toString('base64'))
}
