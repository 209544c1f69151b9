/** A part of a sorted list, by offset: a person's pages, not a reseller's cursor. */
export type Paging = { readonly offset: number; readonly limit: number }

export type Sorting<Field extends string> = { readonly field: Field; readonly order: 'asc' | 'desc' }

/** One page and how many there are in all. */
export type Listed<Item> = { readonly items: readonly Item[]; readonly total: number }
