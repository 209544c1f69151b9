import { getBackorder } from './get-backorder.ts'
import { getBalance } from './get-balance.ts'
import { getForecast } from './get-forecast.ts'
import { getListing } from './get-listing.ts'
import { getPayment } from './get-payment.ts'
import { getRenewal } from './get-renewal.ts'
import { getStatement } from './get-statement.ts'
import { listBackorders } from './list-backorders.ts'
import { listRenewals } from './list-renewals.ts'
import { listTransactions } from './list-transactions.ts'
import { orderRenewal } from './order-renewal.ts'
import { payBackorder } from './pay-backorder.ts'
import { payForName } from './pay-for-name.ts'
import { placeBackorder } from './place-backorder.ts'
import { quoteRenewal } from './quote-renewal.ts'
import { releaseBackorder } from './release-backorder.ts'
import { searchListings } from './search-listings.ts'
import { topUp } from './top-up.ts'
import { listWatches, unwatchName, watchName } from './watches.ts'

/** Every operation of the reseller API by its id. The document, the guards of the gateway and its tests walk this list. */
export const operations = {
  searchListings,
  getListing,
  placeBackorder,
  listBackorders,
  getBackorder,
  releaseBackorder,
  payBackorder,
  payForName,
  getPayment,
  quoteRenewal,
  orderRenewal,
  listRenewals,
  getRenewal,
  topUp,
  getBalance,
  listTransactions,
  getStatement,
  getForecast,
  watchName,
  unwatchName,
  listWatches,
} as const

export type OperationId = keyof typeof operations
