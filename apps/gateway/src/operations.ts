import { JSON_BYTES_MAX, limitBody, requireJson, uncached } from '@droplock/http/limit-body'
import { refuseOtherMethods } from '@droplock/http/refuse'
import { timeout } from 'hono/timeout'
import { isOnceByKey } from './contract.ts'
import type { Dependencies, Gateway } from './gateway.ts'
import { authenticate, authenticateCalendar } from './http/authenticate.ts'
import { requireKeys } from './http/once.ts'
import { readApart } from './http/read-apart.ts'
import { accountOperations, mountAccounts } from './resources/accounts.ts'
import { apiKeyOperations, mountApiKeys } from './resources/api-keys.ts'
import { backorderCheckOperations, mountBackorderChecks } from './resources/backorder-checks.ts'
import { backorderTimelineOperations, mountBackorderTimeline } from './resources/backorder-timeline.ts'
import { backorderOperations, mountBackorders } from './resources/backorders.ts'
import { billingProfileOperations, mountBillingProfile } from './resources/billing-profile.ts'
import { bulkOrderOperations, mountBulkOrders } from './resources/bulk-orders.ts'
import { calendarOperations, mountCalendar } from './resources/calendar.ts'
import { dropListOperations, mountDropLists } from './resources/drop-lists.ts'
import { holdPaymentOperations, mountHoldPayments } from './resources/hold-payments.ts'
import { invoiceOperations, mountInvoices } from './resources/invoices.ts'
import { listingOperations, mountListings } from './resources/listings.ts'
import { mountOwnAccount, ownAccountOperations } from './resources/own-account.ts'
import { mountPayments, paymentOperations } from './resources/payments.ts'
import { mountRefunds, refundOperations } from './resources/refunds.ts'
import { mountRegistrations, registrationOperations } from './resources/registrations.ts'
import { mountRenewals, renewalOperations } from './resources/renewals.ts'
import { mountSubAccounts, subAccountOperations } from './resources/sub-accounts.ts'
import { mountWatches, watchOperations } from './resources/watches.ts'
import { mountZones, zoneOperations } from './resources/zones.ts'

/** Every operation of the reseller API by its id. The document, the guards and the tests walk this list. */
export const operations = {
  ...listingOperations,
  ...backorderOperations,
  ...backorderCheckOperations,
  ...backorderTimelineOperations,
  ...refundOperations,
  ...paymentOperations,
  ...registrationOperations,
  ...renewalOperations,
  ...accountOperations,
  ...billingProfileOperations,
  ...invoiceOperations,
  ...watchOperations,
  ...dropListOperations,
  ...calendarOperations,
  ...zoneOperations,
  ...apiKeyOperations,
  ...subAccountOperations,
  ...bulkOrderOperations,
  ...holdPaymentOperations,
  ...ownAccountOperations,
} as const

export type OperationId = keyof typeof operations

/** Searches and lists, which may be slow. All others read or write by key, as orders do. */
export const readOperations = [
  'searchListings',
  'listBackorders',
  'listAttempts',
  'listRegistrations',
  'listRegistrationRequests',
  'listRenewals',
  'listTransactions',
  'getStatement',
  'getForecast',
  'listWatches',
  'listInvoices',
  'listDropLists',
  'getDropList',
  'getDropListFile',
  'getCalendar',
  'listZones',
  'listRefunds',
  'listApiKeys',
  'listSubAccounts',
  'listBulkOrderItems',
] as const satisfies readonly OperationId[]

/** A thousand names, each with data of its own, in characters of up to four octets. */
const BULK_BYTES_MAX = 4_194_304

/** How large the body of an operation may be. */
export function bodyBytesMax(id: string): number {
  return id === 'createBulkOrder' ? BULK_BYTES_MAX : JSON_BYTES_MAX
}

const readsApart: ReadonlySet<string> = new Set(readOperations)

/** The operations behind their guards. Scopes are checked by the use cases. */
export function mountOperations(app: Gateway, dependencies: Dependencies): void {
  const guards = [uncached, timeout(dependencies.requestMsMax)]
  const [byKey, byToken] = [authenticate(dependencies), authenticateCalendar(dependencies)]
  const apart = readApart(dependencies)
  const keyed = requireKeys()
  for (const [id, operation] of Object.entries(operations)) {
    const hasBody = 'request' in operation && 'body' in operation.request
    const chain = [
      ...guards,
      id === 'getCalendar' ? byToken : byKey,
      ...(readsApart.has(id) ? [apart] : []),
      ...(hasBody ? [limitBody(bodyBytesMax(id)), requireJson] : []),
      ...(isOnceByKey(operation) ? [keyed(operation)] : []),
    ]
    app.on(operation.method, [operation.getRoutingPath()], ...chain)
  }
  mountListings(app)
  mountBackorders(app)
  mountBackorderChecks(app)
  mountBackorderTimeline(app)
  mountRefunds(app)
  mountPayments(app)
  mountRegistrations(app, dependencies)
  mountRenewals(app)
  mountAccounts(app)
  mountBillingProfile(app)
  mountInvoices(app, dependencies)
  mountWatches(app)
  mountDropLists(app)
  mountCalendar(app)
  mountZones(app)
  mountApiKeys(app)
  mountSubAccounts(app)
  mountBulkOrders(app)
  mountHoldPayments(app)
  mountOwnAccount(app)
  refuseOtherMethods(app, Object.values(operations))
}
