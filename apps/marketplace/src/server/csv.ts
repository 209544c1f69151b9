import { type Cell, toAmount, writeRows } from '@droplock/core/exports/write'
import type { Client, Schema } from '@droplock/sdk/client'
import { pages } from '@droplock/sdk/pages'

/** More names than anybody reads in a table; the daily lists have all of them. */
const NAMES_MAX = 50_000

/** The gateway's pages are at most so long. */
const PAGE_NAMES = 200

const header = ['name', 'zone', 'price', 'currency', 'orders_close_at', 'drop_from', 'drop_to'] as const

/** The names that a page's filters find, as CSV, page after page as they are read. Throws as the gateway refuses. */
export async function* namesAsCsv(
  client: Client,
  query: Readonly<Record<string, string>>,
): AsyncGenerator<string> {
  yield writeRows([header])
  const { cursor: _, ...filters } = query
  let rows: (readonly Cell[])[] = []
  let count = 0
  for await (const listing of pages(client, '/v1/listings', {
    // The API checks each filter.
    params: { query: { ...filters, limit: PAGE_NAMES } as never },
  })) {
    rows.push(cellsOf(listing))
    count += 1
    if (rows.length < PAGE_NAMES && count < NAMES_MAX) continue
    yield writeRows(rows)
    rows = []
    if (count >= NAMES_MAX) return
  }
  if (rows.length > 0) yield writeRows(rows)
}

function cellsOf({ name, zone, price, cutoff_at, drop_from, drop_to }: Schema<'Listing'>): readonly Cell[] {
  const amount = price === undefined ? null : toAmount(BigInt(price.amount_minor), price.currency)
  return [name, zone, amount, price?.currency ?? null, cutoff_at, drop_from, drop_to]
}
