import type { QueryClient } from '@tanstack/react-query'
import { filtersIn } from './names/filters.ts'
import { listingQuery, listingsQuery, zonesQuery } from './names/listing-queries.ts'
import { publicationQuery, publishedQuery } from './names/published.ts'
import { statisticsQuery, zoneQuery } from './names/zone-queries.ts'
import type { PageRequest } from './page-state.ts'
import { nameIn } from './titles.ts'

/** Reads what the page at this address shows to everybody. Returns its status. Throws where the API does not answer. */
export async function prefetch(
  { path, search, api, state: { currency } }: PageRequest,
  queries: QueryClient,
): Promise<200 | 404> {
  const [, , place, part] = path.split('/')
  if (place !== 'names') return 200
  if (part !== undefined) return prefetchName(nameIn(part).toLowerCase())
  await Promise.all([
    queries.fetchQuery(zonesQuery(api, currency)),
    queries.fetchQuery(publishedQuery(api)),
    queries.fetchQuery(publicationQuery(api)),
    queries.fetchQuery(listingsQuery(api, filtersIn(search), currency)),
  ])
  return 200

  async function prefetchName(name: string): Promise<200 | 404> {
    const listing = await queries.fetchQuery(listingQuery(api, name, currency))
    if (listing === null) return 404
    // A page without the rules of its zone is better than none.
    await Promise.all([
      queries.prefetchQuery(zoneQuery(api, listing.zone, currency)),
      queries.prefetchQuery(statisticsQuery(api)),
    ])
    return 200
  }
}
