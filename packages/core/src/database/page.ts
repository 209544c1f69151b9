/** One page of a keyset-paged list. `next` is absent on the last page. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string }

/** Cuts rows that were asked for with one over the limit; that one tells that more follow. */
export function takePage<Item>(
  rows: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => string,
): Page<Item> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined ? { items, next: cursorOf(last) } : { items }
}
