import { minorUnitsOf } from '../parts/amount.ts'

// Without a library: the server reads the same addresses for the CSV file.

/** The filters of the API, by their names there: the address of the page holds them all. Prices are in units of the currency. */
export const filterNames = [
  'q',
  'starts_with',
  'ends_with',
  'zone',
  'length_min',
  'length_max',
  'digits',
  'hyphens',
  'idn',
  'shape',
  'drop_from',
  'drop_to',
  'price_min',
  'price_max',
  'state',
  'orderable',
  'order',
  'cursor',
] as const

export type FilterName = (typeof filterNames)[number]
export type Filters = Partial<Readonly<Record<FilterName, string>>>

/** What narrows the list: all but its order and its page. */
export const narrowing = filterNames.filter((name) => name !== 'order' && name !== 'cursor')

/** What the API does where nothing is said. */
const usual: Filters = { order: 'cutoff', state: 'open' }

/** The filters in a page's address; others are ignored. A form without scripts repeats `zone`, the API takes commas. */
export function filtersIn(search: string): Filters {
  const given = new URLSearchParams(search)
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const values = given.getAll(name).map((value) => value.trim())
      const value = values.filter((text) => text !== '').join(',')
      return value === '' || value === usual[name] ? [] : [[name, value]]
    }),
  )
}

/** The address's search part for these filters. */
export function searchOf(filters: Filters): string {
  const text = new URLSearchParams(
    filterNames.flatMap((name): [string, string][] => {
      const value = filters[name]
      return value === undefined ? [] : [[name, value]]
    }),
  ).toString()
  return text === '' ? '' : `?${text}`
}

/** The filters without one of them, on the first page. */
export function without(filters: Filters, name: FilterName): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([one]) => one !== name && one !== 'cursor'))
}

/** The query of the API. What is no amount goes on as it was typed: the API refuses it, and its refusal is shown. */
export function queryOf({ price_min, price_max, ...filters }: Filters, currency: string) {
  const minor = (name: string, price: string | undefined) =>
    price === undefined ? {} : { [name]: minorUnitsOf(price, currency) ?? price }
  return {
    ...filters,
    ...minor('price_min_minor', price_min),
    ...minor('price_max_minor', price_max),
  }
}

/** The filter that a parameter of the API belongs to. */
export function filterOf(parameter: string): FilterName | undefined {
  const name = parameter.replace(/_minor$/, '')
  return filterNames.find((known) => known === name)
}
