import { ProblemError } from '@droplock/sdk/client'
import type { QueryClient } from '@tanstack/react-query'
import { filtersIn, listingQuery, listingsQuery, zonesQuery } from './names/filters.ts'
import { publishedQuery } from './names/published.ts'
import type { PageRequest } from './page-state.ts'

/** Reads what the page at this address shows to everybody. Returns the status of the page. */
export async function prefetch(
  { path, search, api, state: { currency } }: PageRequest,
  queries: QueryClient,
): Promise<200 | 404 | 503> {
  const [, , place, name] = path.split('/')
  if (place !== 'names') return place === undefined || place === 'help' ? 200 : 200
  try {
    if (name !== undefined) {
      await queries.fetchQuery(listingQuery(api, decodeURIComponent(name), currency))
      return 200
    }
    await Promise.all([
      queries.fetchQuery(zonesQuery(api, currency)),
      queries.fetchQuery(publishedQuery(api)),
      queries.prefetchQuery(listingsQuery(api, filtersIn(search), currency)),
    ])
    return 200
  } catch (error) {
    return error instanceof ProblemError && error.status === 404 ? 404 : 503
  }
}
