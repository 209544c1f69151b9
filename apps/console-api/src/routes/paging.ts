import type { Paging, Sorting } from '@droplock/core/database/page'
import { type FromWire, fromWire } from '@droplock/http/wire'
import { type CamelCase, camelCase } from '@droplock/rules/letter-case'

type PageQuery = { readonly page: number; readonly per_page: number }

type SortedQuery = PageQuery & { readonly sort: string; readonly order: 'asc' | 'desc' }

/** The page that a query asks for, and its filters. */
export function pageOf<Query extends PageQuery>(
  query: Query,
): Paging & FromWire<Omit<Query, keyof PageQuery>> {
  const { page, per_page: limit, ...filters } = query
  return { offset: (page - 1) * limit, limit, ...fromWire(filters) }
}

/** The same of a list that can be sorted; the contract has filled in what the query left out. */
export function sortedPageOf<Query extends SortedQuery>(
  query: Query,
): Paging & { readonly sort: Sorting<CamelCase<Query['sort']>> } & FromWire<Omit<Query, keyof SortedQuery>> {
  const { page, per_page: limit, sort: _, order, ...filters } = query
  const field = camelCase<Query['sort']>(query.sort)
  return { offset: (page - 1) * limit, limit, sort: { field, order }, ...fromWire(filters) }
}
