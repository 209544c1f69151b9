import { type Cell, toAmount, writeRows } from '@droplock/core/exports/write'
import type { Client, Schema } from '@droplock/sdk/client'
import { pages } from '@droplock/sdk/pages'
import { filtersIn, queryOf, without } from '../pages/names/filters.ts'

/** More than anybody reads in a table; the daily lists have all names, and the API all movements. */
const ROWS_MAX = 50_000

/** The gateway's pages are at most so long. */
const PAGE_ROWS = 200

const header = ['name', 'zone', 'price', 'currency', 'orders_close_at', 'drop_from', 'drop_to'] as const

/** The names that a page's filters find, as CSV, page after page as they are read. Throws as the gateway refuses. */
export function namesAsCsv(client: Client, search: string, currency: string): AsyncGenerator<string> {
  const filters = without(filtersIn(search), 'cursor')
  // The API checks each filter.
  const query = { ...queryOf(filters, currency), limit: PAGE_ROWS } as never
  return asCsv(header, pages(client, '/v1/listings', { params: { query } }), cellsOf)
}

const statementHeader = ['time', 'cause', 'name', 'amount', 'currency', 'id', 'order', 'renewal'] as const

/** The movements of an account's balance in a period, as CSV, newest first. Throws as the gateway refuses. */
export function statementAsCsv(
  client: Client,
  period: { readonly from: string; readonly to: string },
): AsyncGenerator<string> {
  const query = { ...period, limit: PAGE_ROWS }
  return asCsv(statementHeader, pages(client, '/v1/transactions', { params: { query } }), movementOf)
}

function movementOf(movement: Schema<'Transaction'>): readonly Cell[] {
  const { posted_at, cause, name, amount, id, backorder_id, renewal_id } = movement
  const { amount_minor, currency } = amount
  const figure = toAmount(BigInt(amount_minor), currency)
  return [posted_at, cause, name ?? null, figure, currency, id, backorder_id ?? null, renewal_id ?? null]
}

async function* asCsv<Item>(
  columns: readonly string[],
  items: AsyncIterable<Item>,
  cellsOfItem: (item: Item) => readonly Cell[],
): AsyncGenerator<string> {
  // The header goes out with the first rows: a refusal of the first page comes before anything was sent.
  let rows: (readonly Cell[])[] = [columns]
  let count = 0
  for await (const item of items) {
    rows.push(cellsOfItem(item))
    count += 1
    if (count % PAGE_ROWS !== 0) continue
    yield writeRows(rows)
    rows = []
    if (count >= ROWS_MAX) return
  }
  if (rows.length > 0) yield writeRows(rows)
}

function cellsOf({ name, zone, price, cutoff_at, drop_from, drop_to }: Schema<'Listing'>): readonly Cell[] {
  const amount = price === undefined ? null : toAmount(BigInt(price.amount_minor), price.currency)
  return [name, zone, amount, price?.currency ?? null, cutoff_at, drop_from, drop_to]
}
