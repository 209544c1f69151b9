import { tabStore } from '../parts/keys.ts'

// A card's page returns to the order page of the name, for its address is known before the order has an id.

const placeOf = (name: string) => `droplock.opened ${name}`

/** Remembers where a payment for a name is followed, in this tab. */
export function rememberOpened(name: string, path: string): void {
  tabStore().setItem(placeOf(name), path)
}

/** Where the last payment for a name is followed; undefined where this tab opened none. */
export function openedAt(name: string): string | undefined {
  return tabStore().getItem(placeOf(name)) ?? undefined
}
