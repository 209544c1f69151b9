import { getBackorder } from './get-backorder.ts'
import { getBalance } from './get-balance.ts'
import { getListing } from './get-listing.ts'
import { listBackorders } from './list-backorders.ts'
import { listTransactions } from './list-transactions.ts'
import { placeBackorder } from './place-backorder.ts'
import { searchListings } from './search-listings.ts'

/** Every operation of the reseller API by its id. The document, the guards of the gateway and its tests walk this list. */
export const operations = {
  searchListings,
  getListing,
  placeBackorder,
  listBackorders,
  getBackorder,
  getBalance,
  listTransactions,
} as const

export type OperationId = keyof typeof operations
