import { toASCII } from 'punycode.js'
import type { Backorder } from '../api.ts'

export type OrderState = Backorder['state']

/** In the order in which an order passes through them. */
export const orderStates = [
  'pending_payment',
  'backordered',
  'registering',
  'successful',
  'failed',
  'expired',
] as const satisfies readonly OrderState[]

/** What the address of the list says. */
export type OrderFilters = {
  readonly state?: OrderState
  /** As it was typed. */
  readonly name?: string
  readonly cursor?: string
}

export function orderFiltersIn(search: string): OrderFilters {
  const given = new URLSearchParams(search)
  const state = orderStates.find((one) => one === given.get('state'))
  const name = given.get('name')?.trim() ?? ''
  const cursor = given.get('cursor') ?? ''
  return {
    ...(state !== undefined && { state }),
    ...(name !== '' && { name }),
    ...(cursor !== '' && { cursor }),
  }
}

export function searchOfOrders(filters: OrderFilters): string {
  const entries = (['state', 'name', 'cursor'] as const).flatMap((key) => {
    const value = filters[key]
    return value === undefined ? [] : [[key, value] as const]
  })
  const text = new URLSearchParams(Object.fromEntries(entries)).toString()
  return text === '' ? '' : `?${text}`
}

/** What the API can look for: a part of a name. */
const searchable = /^[a-z0-9.-]{1,253}$/

/** A part of a name as the API has names; undefined for what is in no name. A part of an internationalised label cannot be found. */
export function searchedName(typed: string): string | undefined {
  const text = toASCII(typed.toLowerCase())
  return searchable.test(text) ? text : undefined
}
