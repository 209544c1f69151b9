/** Where keys are kept: of one tab, over reloads of the page and the way to a card's page and back. */
export type KeyStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

type Kept = { readonly key: string; readonly input: string }

const placeOf = (what: string) => `droplock.key ${what}`

/**
 * The Idempotency-Key of something that a person is about to do: the same for each attempt at it, until it is decided (`forgetKey`). Other
 * input is another request, and has another key.
 */
export function keyFor(store: KeyStore, what: string, input: unknown, newKey: () => string): string {
  const wanted = JSON.stringify(input) ?? ''
  const kept = readKept(store, what)
  if (kept !== undefined && kept.input === wanted) return kept.key
  const key = newKey()
  store.setItem(placeOf(what), JSON.stringify({ key, input: wanted } satisfies Kept))
  return key
}

/** It is decided: what is done next under this name is a new request. */
export function forgetKey(store: KeyStore, what: string): void {
  store.removeItem(placeOf(what))
}

function readKept(store: KeyStore, what: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(store.getItem(placeOf(what)) ?? 'null')
    return typeof kept === 'object' && kept !== null && 'key' in kept && 'input' in kept
      ? { key: String(kept.key), input: String(kept.input) }
      : undefined
  } catch {
    return undefined
  }
}

/** A store that is gone with the page. */
export function memoryStore(): KeyStore {
  const kept = new Map<string, string>()
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  }
}

const inMemory = memoryStore()

/** This tab's store; where the browser refuses to store anything, one that is gone with the page. */
export function tabStore(): KeyStore {
  try {
    window.sessionStorage.setItem('droplock.store', '')
    return window.sessionStorage
  } catch {
    return inMemory
  }
}

/** The header under which the gateway does a request once. */
export function once(key: string) {
  return { 'Idempotency-Key': key }
}
