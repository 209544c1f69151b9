/** Where keys are kept: of one tab, over reloads of the page and the way to a card's page and back. */
export type KeyStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

type Kept = { readonly key: string; readonly content: string }

const placeOf = (what: string) => `droplock.key ${what}`

/**
 * The Idempotency-Key of something that a person is about to do: the same for each attempt at it, until its answer came (`forgetKey`). Other
 * content is another request, and has another key.
 */
export function keyFor(store: KeyStore, what: string, content: unknown, newKey: () => string): string {
  const wanted = JSON.stringify(content)
  const kept = readKept(store, what)
  if (kept !== undefined && kept.content === wanted) return kept.key
  const key = newKey()
  store.setItem(placeOf(what), JSON.stringify({ key, content: wanted } satisfies Kept))
  return key
}

/** Its answer came: what is done next under this name is a new request. */
export function forgetKey(store: KeyStore, what: string): void {
  store.removeItem(placeOf(what))
}

function readKept(store: KeyStore, what: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(store.getItem(placeOf(what)) ?? 'null')
    return typeof kept === 'object' && kept !== null && 'key' in kept && 'content' in kept
      ? { key: String(kept.key), content: String(kept.content) }
      : undefined
  } catch {
    return undefined
  }
}

/** What a browser forgets when the page is closed: for those that refuse to store anything. */
const memory = new Map<string, string>()
const inMemory: KeyStore = {
  getItem: (name) => memory.get(name) ?? null,
  setItem: (name, value) => void memory.set(name, value),
  removeItem: (name) => void memory.delete(name),
}

/** This tab's store. */
export function tabStore(): KeyStore {
  try {
    window.sessionStorage.setItem('droplock.store', '')
    return window.sessionStorage
  } catch {
    return inMemory
  }
}
