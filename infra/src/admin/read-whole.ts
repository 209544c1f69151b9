import type { Listed, Paging } from '@droplock/core/database/page'

/** Rows of one query. */
const pageLimit = 1_000

/**
 * A whole list, page by page: whoever reads it on a terminal or in a script turns no pages. Throws what `readPage` throws. A list
 * that changes meanwhile may show an item twice or not at all.
 */
export async function readWhole<Item>(
  readPage: (page: Paging) => Promise<Listed<Item>>,
): Promise<readonly Item[]> {
  const whole: Item[] = []
  for (;;) {
    const { items, total } = await readPage({ offset: whole.length, limit: pageLimit })
    whole.push(...items)
    if (items.length === 0 || whole.length >= total) return whole
  }
}
