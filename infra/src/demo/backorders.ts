import type { Client, Schema } from '@droplock/sdk/client'

/** Of a backorder, what the demo counts. */
export type Backorder = Pick<
  Schema<'BackorderDetail'>,
  'name' | 'state' | 'price' | 'settled_at' | 'failure_reason'
> & { readonly refunds: readonly Pick<Schema<'Refund'>, 'state' | 'amount'>[] }

/** A backorder as its reseller sees it now. */
export function readBackorder(client: Client, id: string): Promise<Schema<'BackorderDetail'>> {
  return client.get('/v1/backorders/{id}', { params: { path: { id } } })
}

/** Whether any of the reseller's backorders is paid and undecided. */
export async function hasUndecided(client: Client): Promise<boolean> {
  for (const state of ['backordered', 'registering'] as const) {
    const { items } = await client.get('/v1/backorders', { params: { query: { state, limit: 1 } } })
    if (items.length > 0) return true
  }
  return false
}
