import type { Client } from '@droplock/sdk/client'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type OrderFilters, searchedName } from './filters.ts'

// The first part of a key says which events change it: `changedBy` in live/changes.ts.

const PAGE_ORDERS = 25

/** A page of orders, and how many there are in each state. */
export function ordersQuery(api: Client, { state, name, cursor }: OrderFilters) {
  const searched = name === undefined ? undefined : searchedName(name)
  return queryOptions({
    queryKey: ['backorders', { state, name, cursor }],
    queryFn: () =>
      api.get('/v1/backorders', {
        params: {
          query: {
            counts: 'true',
            limit: PAGE_ORDERS,
            ...(state !== undefined && { state }),
            ...(searched !== undefined && { name: searched }),
            ...(cursor !== undefined && { cursor }),
          } as never,
        },
      }),
    placeholderData: keepPreviousData,
  })
}

/** An order with all that happened to it, read together: what one part of the page says, the others know too. */
export function caseQuery(api: Client, id: string) {
  const params = { path: { id } }
  return queryOptions({
    queryKey: ['backorder', id, 'case'],
    queryFn: async () => {
      const [order, { items: timeline }, { items: refunds }] = await Promise.all([
        api.get('/v1/backorders/{id}', { params }),
        api.get('/v1/backorders/{id}/timeline', { params }),
        api.get('/v1/refunds', { params: { query: { backorder_id: id, limit: 50 } } }),
      ])
      return { order, timeline, refunds }
    },
  })
}

/** Commands before those that the order itself has. */
export function attemptsQuery(api: Client, id: string, cursor: string) {
  return queryOptions({
    queryKey: ['backorder', id, 'attempts', cursor],
    queryFn: () =>
      api.get('/v1/backorders/{id}/attempts', { params: { path: { id }, query: { cursor, limit: 100 } } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** The invoice of an order or of a renewal with its credit notes, oldest first. */
export function invoicesQuery(api: Client, of: { backorder_id: string } | { renewal_id: string }) {
  return queryOptions({
    queryKey: ['invoices', of],
    queryFn: async () => (await api.get('/v1/invoices', { params: { query: of } })).items.toReversed(),
  })
}

/** The registration that came of an order; null while there is none. */
export function registrationQuery(api: Client, backorderId: string) {
  return queryOptions({
    queryKey: ['registration', backorderId],
    queryFn: async () => {
      const query = { backorder_id: backorderId, limit: 1 }
      return (await api.get('/v1/registrations', { params: { query } })).items[0] ?? null
    },
  })
}

/** Newest first. */
export function renewalsQuery(api: Client, registrationId: string) {
  return queryOptions({
    queryKey: ['renewals', registrationId],
    queryFn: async () => {
      const query = { registration_id: registrationId, limit: 20 }
      return (await api.get('/v1/renewals', { params: { query } })).items
    },
  })
}

export function quoteQuery(api: Client, registrationId: string, years: number) {
  return queryOptions({
    queryKey: ['renewals', registrationId, 'quote', years],
    queryFn: () =>
      api.get('/v1/registrations/{id}/renewal-quote', {
        params: { path: { id: registrationId }, query: { years } },
      }),
    placeholderData: keepPreviousData,
  })
}

/** Changes of a registration, newest first. */
export function requestsQuery(api: Client, registrationId: string) {
  return queryOptions({
    queryKey: ['registration-requests', registrationId],
    queryFn: async () => {
      const query = { registration_id: registrationId, limit: 20 }
      return (await api.get('/v1/registration-requests', { params: { query } })).items
    },
  })
}
