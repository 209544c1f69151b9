import type { Page } from '@droplock/core/database/page'

/** A page with each item as it goes on the wire. */
export function presentPage<Item, Wire>(page: Page<Item>, presentItem: (item: Item) => Wire) {
  const items = page.items.map((item) => presentItem(item))
  return page.next === undefined ? { items } : { items, next: page.next }
}
