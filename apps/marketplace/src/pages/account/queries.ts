import type { Client, Schema } from '@droplock/sdk/client'
import { queryOptions } from '@tanstack/react-query'

export type Endpoint = Schema<'WebhookEndpoint'>

const PAGE = 50

const paged = (cursor: string | undefined, limit = PAGE) => ({
  limit,
  ...(cursor !== undefined && { cursor }),
})

/** The account's contacts, newest first. */
export function contactsQuery(api: Client, cursor?: string) {
  return queryOptions({
    queryKey: ['contacts', cursor],
    queryFn: () => api.get('/v1/contacts', { params: { query: paged(cursor) } }),
  })
}

/** The API's longest page: nobody chooses from more. */
const CONTACTS_MAX = 200

/** The contacts that a name can have: of roles that may read them. */
export function contactsToChooseQuery(api: Client) {
  return queryOptions({
    queryKey: ['contacts', 'to choose from'],
    queryFn: async () =>
      (await api.get('/v1/contacts', { params: { query: { limit: CONTACTS_MAX } } })).items,
  })
}

export function accountQuery(api: Client) {
  return queryOptions({
    queryKey: ['account'],
    queryFn: () => api.getVersioned('/v1/account'),
  })
}

export function balanceQuery(api: Client) {
  // What was paid in a moment ago is to be seen.
  return queryOptions({ queryKey: ['balance'], queryFn: () => api.get('/v1/balance'), staleTime: 0 })
}

export function paymentQuery(api: Client, id: string) {
  return queryOptions({
    queryKey: ['payment', id],
    queryFn: () => api.get('/v1/payments/{id}', { params: { path: { id } } }),
    staleTime: 0,
  })
}

export function forecastQuery(api: Client, until: string | undefined) {
  return queryOptions({
    queryKey: ['forecast', until],
    queryFn: () => api.get('/v1/forecast', { params: { query: until === undefined ? {} : { until } } }),
  })
}

type Period = { readonly from: string; readonly to: string }

/** Movements of the balance, newest first. */
export function transactionsQuery(
  api: Client,
  {
    cursor,
    limit,
    ...period
  }: Partial<Period> & { readonly cursor?: string | undefined; readonly limit?: number },
) {
  return queryOptions({
    queryKey: ['transactions', period, cursor, limit],
    queryFn: () => api.get('/v1/transactions', { params: { query: { ...period, ...paged(cursor, limit) } } }),
  })
}

export function statementQuery(api: Client, period: Period) {
  return queryOptions({
    queryKey: ['statement', period],
    queryFn: () => api.get('/v1/statement', { params: { query: period } }),
  })
}

export function invoicesQuery(api: Client, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['invoices', cursor],
    queryFn: () => api.get('/v1/invoices', { params: { query: paged(cursor) } }),
  })
}

export function watchesQuery(api: Client, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['watches', cursor],
    queryFn: () => api.get('/v1/watches', { params: { query: paged(cursor) } }),
  })
}

export function keysQuery(api: Client, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['keys', cursor],
    queryFn: () => api.get('/v1/api-keys', { params: { query: paged(cursor) } }),
  })
}

export function endpointsQuery(api: Client) {
  return queryOptions({
    queryKey: ['endpoints'],
    queryFn: () => api.get('/v1/webhook-endpoints', { params: { query: paged(undefined) } }),
  })
}

export function deliveriesQuery(api: Client, id: string, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['deliveries', id, cursor],
    queryFn: () =>
      api.get('/v1/webhook-endpoints/{id}/deliveries', {
        params: { path: { id }, query: paged(cursor, 20) },
      }),
  })
}
