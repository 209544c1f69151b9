import type { OperationId } from '@droplock/contracts/gateway/operations'
import type { Ask } from './app.ts'

/** A well-formed request of every operation, without its key. */
export const wellFormed = {
  searchListings: { path: '/v1/listings' },
  getListing: { path: '/v1/listings/some.test' },
  placeBackorder: { method: 'POST', path: '/v1/backorders', body: { name: 'some.test', payment: 'balance' } },
  listBackorders: { path: '/v1/backorders' },
  getBackorder: { path: '/v1/backorders/01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44' },
  getBalance: { path: '/v1/balance' },
  listTransactions: { path: '/v1/transactions' },
} as const satisfies Record<OperationId, Ask>

export const operationIds = Object.keys(wellFormed) as readonly OperationId[]

export function order(name: string, key?: string): Ask {
  const ask = { method: 'POST', path: '/v1/backorders', body: { name, payment: 'balance' } }
  return key === undefined ? ask : { ...ask, key }
}
