import type { Paging, Sorting } from '@droplock/core/database/page'

/** `drop_from` → `dropFrom`. */
type CamelCase<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Text

type PageQuery = { readonly page: number; readonly per_page: number }

export function pagingOf({ page, per_page: limit }: PageQuery): Paging {
  return { offset: (page - 1) * limit, limit }
}

/** The page and the sorting that a query asks for; the contract has filled in what it left out. */
export function sortedPagingOf<Field extends string>(
  query: PageQuery & { readonly sort: Field; readonly order: 'asc' | 'desc' },
): Paging & { readonly sort: Sorting<CamelCase<Field>> } {
  // The contract's fields are core's in another spelling.
  const field = camelCase(query.sort) as CamelCase<Field>
  return { ...pagingOf(query), sort: { field, order: query.order } }
}

function camelCase(text: string): string {
  return text.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
