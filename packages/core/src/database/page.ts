import { COUNTED_MAX } from '@droplock/rules/counts'
import { Refusal } from '@droplock/rules/refusals'
import {
  type Kysely,
  type RawBuilder,
  type SelectQueryBuilder,
  type Simplify,
  type SqlBool,
  sql,
} from 'kysely'
import { readOn } from './list-cursor.ts'
import type { Database } from './tables.gen.ts'

/** One page of a keyset-paged list. `next` is absent on the last page. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string }

/** Cuts rows that were read with one more than the limit; the extra row shows that more follow. */
export function toPage<Item>(
  rows: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => string,
): Page<Item> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return rows.length > limit && last !== undefined ? { items, next: cursorOf(last) } : { items }
}

/**
 * A cursor is the last item of an earlier page; any other value would return whatever sorts after it. Throws
 * Refusal('invalid_cursor') where `item`, searched in the whole list, does not exist.
 */
export async function requireCursor(item: { executeTakeFirst(): Promise<unknown> }): Promise<void> {
  if ((await item.executeTakeFirst()) === undefined) throw unknownCursor()
}

export function unknownCursor(): Refusal {
  return new Refusal('invalid_cursor', 'No page of this list ends there.', {}, [
    { parameter: 'cursor', detail: 'must be the `next` of an earlier page of this list' },
  ])
}

/** A part of a sorted list, by offset: a person's pages, not a reseller's cursor. */
export type Paging = { readonly offset: number; readonly limit: number }

export type Sorting<Field extends string> = { readonly field: Field; readonly order: 'asc' | 'desc' }

/** One page and how many there are in all, counted up to `COUNTED_MAX`. */
export type Listed<Item> = {
  readonly items: readonly Item[]
  readonly total: number
  /** False where there are more than that. Left out: the total is exact. */
  readonly totalIsExact?: boolean
}

/** How the rows that match a text are listed: an argument of `readListed`, and the condition of its query. */
export type Search = HowRead & { readonly isMatch: RawBuilder<SqlBool> }

/** Where many match, each of so many is found within some hundred rows of a million; a walk that counts further takes too long. */
const WALKED_MAX = 200

/** Few rows match and were read beforehand: `column` is one of their ids. */
export function ofFew(column: string, ids: readonly string[]): Search {
  return { isMatch: sql<SqlBool>`${sql.ref(column)} = any(${ids}::uuid[])` }
}

/** Many rows match: the list is walked in its order. */
export function ofMany(isMatch: RawBuilder<SqlBool>): Search {
  return { isMatch, countsInOrder: true, countedMax: WALKED_MAX }
}

type HowRead = {
  /** The column that identifies a row, as `refund.id`: the page’s rows are found first, so that no row before it has its columns read. */
  readonly key?: string
  /** Counts in the order of the list, where the rows that match are together in that order and few elsewhere. */
  readonly countsInOrder?: boolean
  /** Counts up to this many instead of `COUNTED_MAX`, where each that matches is found by passing over many. */
  readonly countedMax?: number
}

/**
 * One page of a sorted list, and how many rows match in all, up to `COUNTED_MAX`. The count is of the same query without its
 * columns and its order, so the two cannot filter differently; a last page that is not full ends the list and is not counted. Pages
 * beyond that number are not read. Where the whole list is being read (`openListCursor`), the rows that follow are the page, and nothing is counted.
 */
export async function readListed<Tables, Table extends keyof Tables, Row, Item>(
  db: Kysely<Database>,
  sorted: SelectQueryBuilder<Tables, Table, Row>,
  { limit, offset }: Paging,
  show: (row: Simplify<Row>) => Item,
  { key, countsInOrder = false, countedMax = COUNTED_MAX }: HowRead = {},
): Promise<Listed<Item>> {
  const following = await readOn<Simplify<Row>>(db, sorted, limit)
  if (following !== undefined) return { items: following.map(show), total: following.length }
  const { rows, found } =
    offset < countedMax ? await readPage(db, sorted, { limit, offset }, key) : { rows: [], found: 0 }
  const isLast = found < limit && (found > 0 || offset === 0)
  if (isLast) return { items: rows.map(show), total: offset + found, totalIsExact: true }
  const bare = sorted.clearSelect()
  const matching = (countsInOrder ? bare : bare.clearOrderBy())
    .select(sql`true`.as('matches'))
    .limit(countedMax + 1)
  const counted = await sql<{
    total: bigint
  }>`select count(*) as total from (${matching}) as matching`.execute(db)
  const total = Number(counted.rows[0]?.total ?? 0n)
  return {
    items: rows.map(show),
    total: Math.min(total, countedMax),
    totalIsExact: total <= countedMax,
  }
}

async function readPage<Tables, Table extends keyof Tables, Row>(
  db: Kysely<Database>,
  sorted: SelectQueryBuilder<Tables, Table, Row>,
  { limit, offset }: Paging,
  key: string | undefined,
): Promise<{ readonly rows: readonly Simplify<Row>[]; readonly found: number }> {
  if (key === undefined || offset === 0) {
    const rows = await sorted.limit(limit).offset(offset).execute()
    return { rows, found: rows.length }
  }
  const page = sorted.clearSelect().select(sql`${sql.ref(key)}`.as('key'))
  const { rows } = await sql<{ key: string }>`
    select key from (${page.limit(limit).offset(offset)}) as page`.execute(db)
  const keys = rows.map((row) => row.key)
  const shown = sorted.clearWhere().where(sql<boolean>`${sql.ref(key)} = any(${keys}::uuid[])`)
  return { rows: await shown.execute(), found: keys.length }
}

/** LIKE's own signs in a search text are text. A-labels have none, but what a caller sends may. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}
