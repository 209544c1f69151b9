import type { AccountActor } from '@droplock/core/context'

/**
 * A notification ends what is remembered at once. Where none comes, because its connection is lost, a revoked key is refused after
 * this; and an order looks at its key's row once more. Milliseconds.
 */
const REMEMBERED_MS = 500

/** More keys than are in use within that time. */
const ACTORS_MAX = 10_000

type Find = (keySha256: Uint8Array) => Promise<AccountActor | undefined>

export type RememberedActors = Find & {
  /** Looks every key up again. */
  readonly forget: () => void
}

type Remembered = { readonly untilMs: number; readonly actor: Promise<AccountActor | undefined> }

/** Looks a key up once for all requests of half a second. What is not known is not remembered: a key works as soon as it is issued. */
export function rememberActors(find: Find, monotonicMs = () => performance.now()): RememberedActors {
  const actors = new Map<string, Remembered>()
  const look = (key: string, keySha256: Uint8Array) => {
    // From the start of the look-up: what it reads is no older.
    const remembered = { untilMs: monotonicMs() + REMEMBERED_MS, actor: find(keySha256) }
    const drop = () => {
      if (actors.get(key) === remembered) actors.delete(key)
    }
    if (actors.size >= ACTORS_MAX) actors.clear()
    actors.set(key, remembered)
    remembered.actor.then((actor) => actor === undefined && drop(), drop)
    return remembered.actor
  }
  const remember: Find = async (keySha256) => {
    const key = Buffer.from(keySha256).toString('base64')
    const remembered = actors.get(key)
    const isFresh = remembered !== undefined && monotonicMs() < remembered.untilMs
    return isFresh ? remembered.actor : look(key, keySha256)
  }
  return Object.assign(remember, { forget: () => actors.clear() })
}
