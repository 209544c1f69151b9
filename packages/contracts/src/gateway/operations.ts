import { getBackorder } from './get-backorder.ts'
import { getBalance } from './get-balance.ts'
import { getBillingProfile } from './get-billing-profile.ts'
import { getForecast } from './get-forecast.ts'
import { getInvoice } from './get-invoice.ts'
import { getInvoiceHtml } from './get-invoice-html.ts'
import { getInvoicePdf } from './get-invoice-pdf.ts'
import { getListing } from './get-listing.ts'
import { getPayment } from './get-payment.ts'
import { getRenewal } from './get-renewal.ts'
import { getStatement } from './get-statement.ts'
import { listAttempts } from './list-attempts.ts'
import { listBackorders } from './list-backorders.ts'
import { listInvoices } from './list-invoices.ts'
import { listRenewals } from './list-renewals.ts'
import { listTransactions } from './list-transactions.ts'
import { orderRenewal } from './order-renewal.ts'
import { payBackorder } from './pay-backorder.ts'
import { payForName } from './pay-for-name.ts'
import { payRenewal } from './pay-renewal.ts'
import { placeBackorder } from './place-backorder.ts'
import { putBillingProfile } from './put-billing-profile.ts'
import { quoteRenewal } from './quote-renewal.ts'
import { releaseBackorder } from './release-backorder.ts'
import { requestInvoice } from './request-invoice.ts'
import { requestRenewalInvoice } from './request-renewal-invoice.ts'
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
  listAttempts,
  releaseBackorder,
  payBackorder,
  payForName,
  getPayment,
  quoteRenewal,
  orderRenewal,
  listRenewals,
  getRenewal,
  payRenewal,
  topUp,
  getBalance,
  listTransactions,
  getBillingProfile,
  putBillingProfile,
  requestInvoice,
  requestRenewalInvoice,
  listInvoices,
  getInvoice,
  getInvoicePdf,
  getInvoiceHtml,
  getStatement,
  getForecast,
  watchName,
  unwatchName,
  listWatches,
} as const

export type OperationId = keyof typeof operations
