import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { timeout } from './start-by-npm.ts'

/** Of all that is read here. */
type Body = {
  readonly id: string
  readonly code: string
  readonly state: string
  readonly failure_reason?: string
  readonly outcome?: { readonly basis?: string; readonly code?: number }
  readonly zone: string
  readonly name: string
  readonly drops_at: string
  readonly drop_from: string
  readonly payment: { readonly pay_url: string }
  readonly names: readonly { readonly name: string; readonly listing_state?: string }[]
  readonly cursor?: string
  readonly next?: string
  readonly items: readonly Item[]
}
type Item = {
  readonly type: string
  readonly zone: string
  readonly name: string
  readonly kind: string
  readonly command: string
  readonly code?: number
  readonly svtrid?: string
  readonly decided: boolean
  readonly state: string
  readonly destination: string
}

/** A reseller's program: it knows the API's address and its key, and nothing else. */
export function resellerAt(api: string, key: string) {
  const ask = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${api}/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'Idempotency-Key': randomUUID(),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Body }
  }
  const read = async (path: string) => (await ask('GET', path)).body
  const order = async (name: string, payment: 'balance' | 'card') => {
    let placed: Body | undefined
    const isPlaced = async () => {
      const { status, body } = await ask('POST', 'backorders', { name, payment })
      if (status === 201) placed = body
      else if (body.code !== 'listing_not_found') throw new Error(`${name}: ${body.code}`)
      return status
    }
    await expect.poll(isPlaced, { timeout, interval: 250 }).toBe(201)
    if (placed === undefined) throw new Error('not placed')
    return placed
  }
  return {
    ask,
    read,
    /** Orders a name as soon as it is listed. */
    order,
    /** What is reached by following `path`, once it has this state. */
    reaches: (path: string, state: string) =>
      expect.poll(async () => (await read(path)).state, { timeout: 240_000, interval: 500 }).toBe(state),
    /** The types of the events about an order. */
    eventsOf: async (id: string) => {
      const found: string[] = []
      let after: string | undefined
      for (;;) {
        const page = await read(`events?limit=200${after === undefined ? '' : `&after=${after}`}`)
        if (page.items.length === 0) return found
        found.push(
          ...page.items.filter((event) => JSON.stringify(event).includes(id)).map(({ type }) => type),
        )
        after = page.cursor
      }
    },
  }
}
