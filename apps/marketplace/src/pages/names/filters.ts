import type { Client } from '@droplock/sdk/client'
import { queryOptions } from '@tanstack/react-query'

/** The filters of the API, by their names there: the address of the page holds them all. */
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

/** The filters in a page's address; others are ignored. */
export function filtersIn(search: string): Filters {
  const given = new URLSearchParams(search)
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = given.get(name)?.trim()
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
}

/** The address's search part for these filters. */
export function searchOf(filters: Filters): string {
  const text = new URLSearchParams(
    filterNames.flatMap((name) => {
      const value = filters[name]
      return value === undefined ? [] : [[name, value]]
    }),
  ).toString()
  return text === '' ? '' : `?${text}`
}

export const PAGE_NAMES = 50

/** Prices are typed in units of the currency; the API takes minor units. */
function queryOf({ price_min, price_max, ...filters }: Filters, digits: number) {
  const minor = (price: string | undefined) =>
    price === undefined || Number.isNaN(Number(price)) ? undefined : Math.round(Number(price) * 10 ** digits)
  return {
    ...filters,
    price_min_minor: minor(price_min),
    price_max_minor: minor(price_max),
    total: true,
    limit: PAGE_NAMES,
  }
}

/** The names that these filters find, in a currency. */
export function listingsQuery(api: Client, filters: Filters, currency: string) {
  return queryOptions({
    queryKey: ['listings', currency, filters],
    // The API checks each filter, and its refusal is shown.
    queryFn: () =>
      api.get('/v1/listings', { params: { query: queryOf(filters, fractionDigits(currency)) as never } }),
  })
}

export function zonesQuery(api: Client, currency: string) {
  return queryOptions({
    queryKey: ['zones', currency],
    queryFn: () => api.get('/v1/zones', { params: { query: { limit: 200 } } }),
    staleTime: 60_000,
  })
}

export function listingQuery(api: Client, name: string, currency: string) {
  return queryOptions({
    queryKey: ['listing', currency, name],
    queryFn: () => api.get('/v1/listings/{name}', { params: { path: { name } } }),
  })
}

export function fractionDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  )
}
