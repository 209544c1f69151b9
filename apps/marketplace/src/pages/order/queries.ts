import type { Client } from '@droplock/sdk/client'
import { queryOptions } from '@tanstack/react-query'

/** One of the account's orders, with its payments and refunds. */
export function backorderQuery(api: Client, id: string) {
  return queryOptions({
    queryKey: ['backorder', id],
    queryFn: () => api.get('/v1/backorders/{id}', { params: { path: { id } } }),
  })
}
