/** What opens, derives or signs; its id distinguishes it from others, and reveals nothing of it. */
type Identified = { readonly id: string }

/**
 * The keys of one purpose that a process has. What is new is made with the current one; what was made with another of them is opened with
 * that one, by the id that is stored beside it. So a key is changed while everything runs (ADR 56).
 */
export type Keyring<Key extends Identified> = {
  readonly current: Key
  /** Undefined of a key that this process does not have. */
  readonly withId: (id: string) => Key | undefined
  /** The current one first. */
  readonly keys: readonly Key[]
}

/** The keys of a setting, the current one first; undefined where it has none. */
export function keyringOf<Key extends Identified>(
  texts: readonly string[] | undefined,
  keyOf: (text: string) => Key,
): Keyring<Key> | undefined {
  const keys = (texts ?? []).map(keyOf)
  const [current] = keys
  if (current === undefined) return undefined
  return { current, keys, withId: (wanted) => keys.find(({ id }) => id === wanted) }
}
