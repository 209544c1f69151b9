import { type SelectQueryBuilder, type Simplify, sql } from 'kysely'
import type { Listed, Paging } from './listed.ts'

/**
 * One page of a sorted list, and how many rows match in all. The count is of the same query without its columns and its
 * order, so the two cannot filter differently.
 */
export async function readListed<Tables, Table extends keyof Tables, Row, Item>(
  sorted: SelectQueryBuilder<Tables, Table, Row>,
  { limit, offset }: Paging,
  show: (row: Simplify<Row>) => Item,
): Promise<Listed<Item>> {
  const rows = await sorted.limit(limit).offset(offset).execute()
  const { total } = await sorted
    .clearSelect()
    .clearOrderBy()
    .select(sql<bigint>`count(*)`.as('total'))
    .$castTo<{ total: bigint }>()
    .executeTakeFirstOrThrow()
  return { items: rows.map(show), total: Number(total) }
}
