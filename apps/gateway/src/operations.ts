import { limitBody, requireJson, uncached } from '@droplock/http/limit-body'
import { refuseOtherMethods } from '@droplock/http/refuse'
import { compress } from 'hono/compress'
import { timeout } from 'hono/timeout'
import { isOnceByKey } from './contract.ts'
import type { Dependencies, Gateway } from './gateway.ts'
import { authenticate, authenticateCalendar } from './http/authenticate.ts'
import { boundWork } from './http/bound-work.ts'
import { announce, deprecationOf } from './http/deprecation.ts'
import { limitRate } from './http/limit-rate.ts'
import { limitsOf } from './http/limits.ts'
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
import { contactOperations, mountContacts } from './resources/contacts.ts'
import { dropListOperations, mountDropLists } from './resources/drop-lists.ts'
import { eventOperations, mountEvents } from './resources/events.ts'
import { holdPaymentOperations, mountHoldPayments } from './resources/hold-payments.ts'
import { invoiceOperations, mountInvoices } from './resources/invoices.ts'
import { listingOperations, mountListings } from './resources/listings.ts'
import { mountOwnAccount, ownAccountOperations } from './resources/own-account.ts'
import { mountPayments, paymentOperations } from './resources/payments.ts'
import { mountRefunds, refundOperations } from './resources/refunds.ts'
import { mountRegistrations, registrationOperations } from './resources/registrations.ts'
import { mountRenewals, renewalOperations } from './resources/renewals.ts'
import { mountSandbox, sandboxOperations } from './resources/sandbox.ts'
import { mountStatistics, statisticOperations } from './resources/statistics.ts'
import { mountSubAccounts, subAccountOperations } from './resources/sub-accounts.ts'
import { mountWatches, watchOperations } from './resources/watches.ts'
import { mountWebhookDeliveries, webhookDeliveryOperations } from './resources/webhook-deliveries.ts'
import { mountWebhookEndpoints, webhookEndpointOperations } from './resources/webhook-endpoints.ts'
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
  ...contactOperations,
  ...renewalOperations,
  ...accountOperations,
  ...billingProfileOperations,
  ...invoiceOperations,
  ...watchOperations,
  ...dropListOperations,
  ...calendarOperations,
  ...zoneOperations,
  ...statisticOperations,
  ...apiKeyOperations,
  ...subAccountOperations,
  ...bulkOrderOperations,
  ...holdPaymentOperations,
  ...ownAccountOperations,
  ...eventOperations,
  ...sandboxOperations,
  ...webhookEndpointOperations,
  ...webhookDeliveryOperations,
} as const

export type OperationId = keyof typeof operations

/** Searches and lists, which may be slow. All others read or write by key, as orders do. */
export const readOperations = [
  'searchListings',
  'listBackorders',
  'listAttempts',
  'listRegistrations',
  'listRegistrationRequests',
  'listContacts',
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
  'listStatistics',
  'listRefunds',
  'listApiKeys',
  'listSubAccounts',
  'listBulkOrderItems',
  'listEvents',
  'streamEvents',
  'listWebhookEndpoints',
  'listWebhookDeliveries',
] as const satisfies readonly OperationId[]

const readsApart: ReadonlySet<string> = new Set(readOperations)

/** What an order made a moment ago does not have to be seen in, of all that is read: it is among millions of names, and an order is decided by its row. */
const mayBeOld: ReadonlySet<string> = new Set(['searchListings'] satisfies readonly OperationId[])

/**
 * Lists and searches, which are long. Not files, which are compressed already; nor what has a strong ETag. BREACH does not apply: no
 * browser adds a caller's key by itself, so an attacker cannot have requests made in which a secret and a text of the attacker's meet.
 */
const compressed = compress({ contentTypeFilter: /^application\/json/ })

/** The operations behind their guards. Scopes are checked by the use cases. */
export function mountOperations(app: Gateway, dependencies: Dependencies): void {
  const [byKey, byToken] = [authenticate(dependencies), authenticateCalendar(dependencies)]
  const [apart, searched] = [readApart(dependencies), readApart(dependencies, true)]
  const bounded = boundWork(dependencies.requestsAtOnceMax ?? Number.POSITIVE_INFINITY)
  const keyed = requireKeys()
  const limited = limitRate(dependencies)
  for (const [id, operation] of Object.entries(operations)) {
    const hasBody = 'request' in operation && 'body' in operation.request
    const { bodyBytesMax, msMax } = limitsOf(id)
    const deprecation = deprecationOf(operation)
    const chain = [
      uncached,
      // Those that are read apart have turns of their own.
      ...(readsApart.has(id) ? [] : [bounded]),
      timeout(Math.min(msMax, dependencies.requestMsMax)),
      ...(deprecation === undefined ? [] : [announce(deprecation)]),
      ...(readsApart.has(id) ? [compressed] : []),
      id === 'getCalendar' ? byToken : byKey,
      limited,
      ...(readsApart.has(id) ? [mayBeOld.has(id) ? searched : apart] : []),
      ...(hasBody ? [limitBody(bodyBytesMax), requireJson] : []),
      ...(isOnceByKey(operation) ? [keyed(operation, hasBody)] : []),
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
  mountContacts(app)
  mountRenewals(app)
  mountAccounts(app)
  mountBillingProfile(app)
  mountInvoices(app, dependencies)
  mountWatches(app)
  mountDropLists(app, dependencies)
  mountCalendar(app)
  mountZones(app)
  mountStatistics(app)
  mountApiKeys(app)
  mountSubAccounts(app)
  mountBulkOrders(app)
  mountHoldPayments(app)
  mountOwnAccount(app)
  mountEvents(app, dependencies)
  mountSandbox(app)
  mountWebhookEndpoints(app, dependencies)
  mountWebhookDeliveries(app)
  refuseOtherMethods(app, Object.values(operations))
}
