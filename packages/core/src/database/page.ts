import { Refusal } from '@droplock/rules/refusals'

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

/**
 * A cursor is the last item of an earlier page: one that the list never had would make a page of whatever sorts after it. Throws
 * Refusal('invalid_cursor') where `item`, looked for in the whole list, is not there.
 */
export async function requireCursor(item: { executeTakeFirst(): Promise<unknown> }): Promise<void> {
  if ((await item.executeTakeFirst()) === undefined) throw unknownCursor()
}

export function unknownCursor(): Refusal {
  return new Refusal('invalid_cursor', 'No page of this list ends there.')
}
