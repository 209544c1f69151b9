import type { Client } from '@droplock/sdk/client'
import { queryOptions } from '@tanstack/react-query'

const MINUTE_MS = 60_000

export function zoneQuery(api: Client, zone: string, currency: string) {
  return queryOptions({
    queryKey: ['zone', currency, zone],
    queryFn: () => api.get('/v1/zones/{zone}', { params: { path: { zone } } }),
    staleTime: MINUTE_MS,
  })
}

/** Results of orders by zone, over the last ninety days. */
export function statisticsQuery(api: Client, _zone: string) {
  return queryOptions({
    queryKey: ['statistics'],
    queryFn: () => api.get('/v1/statistics', { params: { query: { limit: 200 } } }),
    staleTime: MINUTE_MS,
  })
}
