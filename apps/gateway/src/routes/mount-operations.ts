import { operations } from '@droplock/contracts/gateway/operations'
import { jsonBytesMax, limitBody, requireJson, uncached } from '@droplock/http/limit-body'
import { refuseOtherMethods } from '@droplock/http/refuse'
import { timeout } from 'hono/timeout'
import type { Dependencies, Gateway } from '../gateway.ts'
import { authenticate } from '../http/authenticate.ts'
import { routeGetBackorder } from './get-backorder.ts'
import { routeGetBalance } from './get-balance.ts'
import { routeGetBillingProfile } from './get-billing-profile.ts'
import { routeGetForecast } from './get-forecast.ts'
import { routeGetInvoice } from './get-invoice.ts'
import { routeGetInvoiceHtml } from './get-invoice-html.ts'
import { routeGetInvoicePdf } from './get-invoice-pdf.ts'
import { routeGetListing } from './get-listing.ts'
import { routeGetPayment } from './get-payment.ts'
import { routeGetRenewal } from './get-renewal.ts'
import { routeGetStatement } from './get-statement.ts'
import { routeListAttempts } from './list-attempts.ts'
import { routeListBackorders } from './list-backorders.ts'
import { routeListInvoices } from './list-invoices.ts'
import { routeListRenewals } from './list-renewals.ts'
import { routeListTransactions } from './list-transactions.ts'
import { routeListWatches } from './list-watches.ts'
import { routeOrderRenewal } from './order-renewal.ts'
import { routePayBackorder } from './pay-backorder.ts'
import { routePayForName } from './pay-for-name.ts'
import { routePayRenewal } from './pay-renewal.ts'
import { routePlaceBackorder } from './place-backorder.ts'
import { routePutBillingProfile } from './put-billing-profile.ts'
import { routeQuoteRenewal } from './quote-renewal.ts'
import { routeReleaseBackorder } from './release-backorder.ts'
import { routeRequestInvoice } from './request-invoice.ts'
import { routeRequestRenewalInvoice } from './request-renewal-invoice.ts'
import { routeSearchListings } from './search-listings.ts'
import { routeTopUp } from './top-up.ts'
import { routeUnwatchName } from './unwatch-name.ts'
import { routeWatchName } from './watch-name.ts'

/** The operations of the contract behind their guards. Scopes are the use cases' own business. */
export function mountOperations(app: Gateway, dependencies: Dependencies): void {
  const guards = [uncached, timeout(dependencies.requestMsMax), authenticate(dependencies)]
  for (const operation of Object.values(operations)) {
    const hasBody = 'request' in operation && 'body' in operation.request
    const chain = hasBody ? [...guards, limitBody(jsonBytesMax), requireJson] : guards
    app.on(operation.method, [operation.getRoutingPath()], ...chain)
  }
  routeSearchListings(app)
  routeGetListing(app)
  routePlaceBackorder(app)
  routeListBackorders(app)
  routeGetBackorder(app)
  routeListAttempts(app)
  routeReleaseBackorder(app)
  routePayBackorder(app)
  routePayForName(app)
  routePayRenewal(app)
  routeGetPayment(app)
  routeQuoteRenewal(app)
  routeOrderRenewal(app)
  routeListRenewals(app)
  routeGetRenewal(app)
  routeTopUp(app)
  routeGetBalance(app)
  routeListTransactions(app)
  routeGetStatement(app)
  routeGetForecast(app)
  routeWatchName(app)
  routeUnwatchName(app)
  routeListWatches(app)
  routeGetBillingProfile(app)
  routePutBillingProfile(app)
  routeRequestInvoice(app)
  routeRequestRenewalInvoice(app)
  routeListInvoices(app)
  routeGetInvoice(app)
  routeGetInvoicePdf(app, dependencies)
  routeGetInvoiceHtml(app)
  refuseOtherMethods(app, Object.values(operations))
}
