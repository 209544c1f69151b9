import type { Client, Schema } from '@droplock/sdk/client'
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
export function statisticsQuery(api: Client) {
  return queryOptions({
    queryKey: ['statistics'],
    queryFn: () => api.get('/v1/statistics', { params: { query: { limit: 200 } } }),
    staleTime: MINUTE_MS,
  })
}

type Result = Pick<Schema<'ZoneResult'>, 'orders' | 'success_percent' | 'lost_percent'>

/** How often orders in a zone succeed, at all prices together, in whole percent. Undefined where too few were decided. */
export function rateOf(
  results: readonly Result[],
): { readonly orders: number; readonly percent: number; readonly lost: number } | undefined {
  const orders = results.reduce((sum, result) => sum + result.orders, 0)
  if (orders === 0) return undefined
  const share = (percent: 'success_percent' | 'lost_percent') =>
    Math.round(results.reduce((sum, result) => sum + result.orders * result[percent], 0) / orders)
  return { orders, percent: share('success_percent'), lost: share('lost_percent') }
}
