import type { Client, ProblemError, Schema } from '@droplock/sdk/client'
import { queryOptions } from '@tanstack/react-query'
import { isProblem } from '../api.ts'
import type { Viewer } from '../page-state.ts'
import { type FilterName, type Filters, filterOf, queryOf } from './filters.ts'

export const PAGE_NAMES = 50

/** Filters that the API does not take. Plain data, because the server draws the page with it and the browser goes on with it. */
export type FiltersRefused = {
  readonly code: string
  readonly fields: readonly FilterName[]
}

/** The names that filters find, or why they find none. */
export type FoundNames =
  | { readonly page: Schema<'ListingPage'>; readonly refused?: undefined }
  | { readonly page?: undefined; readonly refused: FiltersRefused }

const UNPROCESSABLE = 422

/** The server draws names as everybody sees them; whoever has signed in reads at once which of them are their own. */
export function readOwn(viewer: Viewer | null) {
  return viewer === null ? {} : ({ refetchOnMount: 'always' } as const)
}

/** The names that these filters find, in a currency. */
export function listingsQuery(api: Client, filters: Filters, currency: string) {
  return queryOptions({
    queryKey: ['listings', currency, filters],
    queryFn: async (): Promise<FoundNames> => {
      // The API checks each filter.
      const query = { ...queryOf(filters, currency), total: true, limit: PAGE_NAMES } as never
      try {
        return { page: await api.get('/v1/listings', { params: { query } }) }
      } catch (error) {
        if (isProblem(error) && error.status === UNPROCESSABLE) return { refused: refusedBy(error) }
        throw error
      }
    },
  })
}

function refusedBy({ code = 'invalid_request', problem }: ProblemError): FiltersRefused {
  if (code === 'search_text_too_short') return { code, fields: ['q'] }
  const fields = (problem?.errors ?? []).flatMap(({ parameter = '' }) => filterOf(parameter) ?? [])
  return { code, fields: [...new Set(fields)] }
}

export function zonesQuery(api: Client, currency: string) {
  return queryOptions({
    queryKey: ['zones', currency],
    queryFn: () => api.get('/v1/zones', { params: { query: { limit: 200 } } }),
    staleTime: 60_000,
  })
}

/** The latest listing of a name; null for one that was never listed, or is none. */
export function listingQuery(api: Client, name: string, currency: string) {
  return queryOptions({
    queryKey: ['listing', currency, name],
    queryFn: () =>
      api.get('/v1/listings/{name}', { params: { path: { name } } }).catch((error: unknown) => {
        if (isProblem(error) && notListed.has(error.code ?? '')) return null
        throw error
      }),
  })
}

const notListed: ReadonlySet<string> = new Set(['listing_not_found', 'invalid_name', 'invalid_request'])
