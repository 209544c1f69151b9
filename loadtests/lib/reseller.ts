import type { components } from '@droplock/sdk/openapi.gen'
import { send } from './request.ts'

/** The gateway, and the keys of the resellers who use it. */
export type Market = { readonly gateway: string; readonly keys: readonly string[] }

// k6 has no fetch, so its scripts send by themselves; what is answered has the types of the SDK.

export type Listing = components['schemas']['Listing']
export type Backorder = components['schemas']['BackorderDetail']
type ListingPage = components['schemas']['ListingPage']

/** A secured order, as the virtual users get it. `key` is its owner's index among the keys. */
export type Order = {
  readonly id: string
  readonly name: string
  readonly key: number
  readonly dropFromMs: number
}

/** The largest page of the API. */
const pageSize = 200
/** Claims under way at once while the orders are placed: as fast as the gateway takes them, and no faster. */
const claimsAtOnce = 12

export function authorization({ keys }: Market, key: number): Readonly<Record<string, string>> {
  return { Authorization: `Bearer ${keys[key % keys.length]}` }
}

/** The names whose orders close next, soonest first. Throws when fewer than `count` are open. */
export async function nextListings(market: Market, count: number): Promise<readonly Listing[]> {
  const found: Listing[] = []
  let after = ''
  while (found.length < count) {
    const { body } = await send<ListingPage>(
      `${market.gateway}/v1/listings?order=cutoff&limit=${pageSize}${after}`,
      { name: 'listings', headers: authorization(market, 0) },
    )
    found.push(...body.items)
    if (body.next === undefined) break
    after = `&cursor=${body.next}`
  }
  if (found.length < count) throw new Error(`there are ${found.length} open listings, ${count} are needed`)
  return found.slice(0, count)
}

/** Orders every listing, by the resellers in turn. Throws at the first that is not secured. */
export async function orderAll(market: Market, listings: readonly Listing[]): Promise<readonly Order[]> {
  const orders: Order[] = []
  for (let from = 0; from < listings.length; from += claimsAtOnce) {
    const batch = listings.slice(from, from + claimsAtOnce)
    orders.push(...(await Promise.all(batch.map((listing, index) => order(market, listing, from + index)))))
  }
  return orders
}

async function order(market: Market, { name, drop_from }: Listing, turn: number): Promise<Order> {
  const key = turn % market.keys.length
  const { body } = await send<{ readonly id: string }>(`${market.gateway}/v1/backorders`, {
    name: 'order',
    method: 'POST',
    body: { name, payment: 'balance' },
    headers: { ...authorization(market, key), 'Idempotency-Key': `${Date.now()}-${turn}` },
    expected: 201,
  })
  return { id: body.id, name, key, dropFromMs: Date.parse(drop_from) }
}

/** The order as its reseller sees it now. */
export async function readBackorder(market: Market, { id, key }: Order): Promise<Backorder> {
  const { body } = await send<Backorder>(`${market.gateway}/v1/backorders/${id}`, {
    name: 'backorder',
    headers: authorization(market, key),
  })
  return body
}

export function isDecided({ state }: Backorder): boolean {
  return state === 'successful' || state === 'failed'
}
