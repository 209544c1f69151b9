import type { Client } from '@droplock/sdk/client'
import { queryOptions } from '@tanstack/react-query'

/** The newest drop list. */
export function publishedQuery(api: Client) {
  return queryOptions({
    queryKey: ['drop-lists'],
    queryFn: () => api.get('/v1/drop-lists', { params: { query: { limit: 1 } } }),
    staleTime: 60_000,
  })
}

/** When the next one is to be expected. */
export function publicationQuery(api: Client) {
  return queryOptions({
    queryKey: ['publication'],
    queryFn: () => api.get('/v1/publication'),
    staleTime: 60_000,
  })
}
