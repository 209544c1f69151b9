import type { components } from '@droplock/sdk/openapi.gen'
import { send } from './request.ts'
import { gateway, keys, type ListedName } from './world.ts'

// k6 has no fetch, so its scripts send by themselves; what is answered has the types of the SDK.

export type Listing = components['schemas']['Listing']
export type Backorder = components['schemas']['Backorder']
export type BackorderDetail = components['schemas']['BackorderDetail']
type Problem = components['schemas']['Problem']

/** A secured order, as the virtual users get it. `key` is its owner's index among the keys. */
export type Order = {
  readonly id: string
  readonly name: string
  readonly key: number
  readonly dropFromMs: number
}

/** How a claim ended. `code` is the reason of a refusal. */
export type Claimed = {
  readonly status: number
  readonly code: string | undefined
  readonly order: Backorder | undefined
  /** The answer as it came. */
  readonly text: string
  /** By the generator's clock. */
  readonly sentAtMs: number
}

/** Claims under way at once while the orders are placed: as fast as the gateway takes them, and no faster. */
const claimsAtOnce = 12
/** A claim that was secured, or refused because of what the name is by now. */
const claimStatuses = [201, 404, 409]

export function authorization(key: number): Readonly<Record<string, string>> {
  return { Authorization: `Bearer ${keys[key % keys.length]}` }
}

/** Claims a name from the balance of a reseller. Throws when it is answered with anything but a decision about the name. */
export async function claim(name: string, key: number, idempotencyKey: string): Promise<Claimed> {
  const sentAtMs = Date.now()
  const { status, body, text } = await send<unknown>(`${gateway}/v1/backorders`, {
    name: 'claim',
    method: 'POST',
    body: { name, payment: 'balance' },
    headers: { ...authorization(key), 'Idempotency-Key': idempotencyKey },
    expected: claimStatuses,
  })
  const isSecured = status === 201
  return {
    status,
    code: isSecured ? undefined : (body as Problem).code,
    order: isSecured ? (body as Backorder) : undefined,
    text,
    sentAtMs,
  }
}

/** Orders every name, by the resellers in turn. Throws at the first that is not secured. */
export async function orderAll(names: readonly ListedName[]): Promise<readonly Order[]> {
  const run = Date.now()
  const orders: Order[] = []
  for (let from = 0; from < names.length; from += claimsAtOnce) {
    const batch = names.slice(from, from + claimsAtOnce)
    orders.push(...(await Promise.all(batch.map((name, index) => orderName(name, from + index, run)))))
  }
  return orders
}

/** Orders a name; `run` makes its Idempotency-Key its own. Throws when it is not secured. */
export async function orderName({ name, dropFromMs }: ListedName, turn: number, run: number): Promise<Order> {
  const key = turn % keys.length
  const { order: placed, text } = await claim(name, key, `${run}-${turn}`)
  if (placed === undefined) throw new Error(`${name} was not secured: ${text}`)
  return { id: placed.id, name, key, dropFromMs }
}

/** The order as its reseller sees it now. */
export async function readBackorder({ id, key }: Pick<Order, 'id' | 'key'>): Promise<BackorderDetail> {
  const { body } = await send<BackorderDetail>(`${gateway}/v1/backorders/${id}`, {
    name: 'backorder',
    headers: authorization(key),
  })
  return body
}

const words = ['shop', 'online', 'lab', 'art', 'hub']
type Page = { readonly items: readonly unknown[] }

/** A search by a part of the name, as a reseller does it to find something to order. Returns how many are on the page. */
export async function search(turn: number): Promise<number> {
  const query = `q=${words[turn % words.length]}&limit=20`
  const { body } = await send<Page>(`${gateway}/v1/listings?${query}`, {
    name: 'search',
    headers: authorization(turn),
  })
  return body.items.length
}

/** A listing, or undefined when there is none of this name. */
export async function readListing(name: string, key: number): Promise<Listing | undefined> {
  const { status, body } = await send<Listing>(`${gateway}/v1/listings/${name}`, {
    name: 'listing',
    headers: authorization(key),
    expected: [200, 404],
  })
  return status === 404 ? undefined : body
}
