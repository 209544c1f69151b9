import { isOnceByKey, isOnlyIfUnchanged } from '../../src/contract.ts'
import { type OperationId, operations } from '../../src/operations.ts'
import type { Ask } from './app.ts'

/** Of nothing. */
export const someId = '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'

export const someProfile = {
  legal_name: 'A Buyer GmbH',
  address: ['Beispielweg 7', '10115 Berlin'],
  country: 'DE',
  tax_id: 'DE123456789',
  email: 'accounts@example.com',
}

export const someContact = {
  int: {
    name: 'Rita Registrant',
    org: 'Example Ltd',
    street: ['1 Main Street'],
    city: 'London',
    postal_code: 'SW1A 1AA',
    country: 'GB',
  },
  voice: '+44.2071234567',
  email: 'names@example.com',
}

/** A well-formed request of every operation, without its key. */
export const wellFormed = {
  searchListings: { path: '/v1/listings' },
  getListing: { path: '/v1/listings/some.test' },
  placeBackorder: { method: 'POST', path: '/v1/backorders', body: { name: 'some.test', payment: 'balance' } },
  checkBackorder: {
    method: 'POST',
    path: '/v1/backorder-checks',
    body: { name: 'some.test', payment: 'balance' },
  },
  listBackorders: { path: '/v1/backorders' },
  getBackorder: { path: `/v1/backorders/${someId}` },
  listAttempts: { path: `/v1/backorders/${someId}/attempts` },
  releaseBackorder: { method: 'POST', path: `/v1/backorders/${someId}/release` },
  payHold: { method: 'POST', path: `/v1/backorders/${someId}/pay` },
  payBackorder: { method: 'POST', path: `/v1/backorders/${someId}/payments` },
  payForName: { method: 'POST', path: '/v1/payments', body: { name: 'some.test' } },
  getPayment: { path: `/v1/payments/${someId}` },
  listRegistrations: { path: '/v1/registrations' },
  getRegistration: { path: `/v1/registrations/${someId}` },
  setNameServers: {
    method: 'PUT',
    path: `/v1/registrations/${someId}/name-servers`,
    body: { name_servers: [{ name: 'ns1.example.net' }, { name: 'ns2.example.net' }] },
  },
  setContacts: {
    method: 'PUT',
    path: `/v1/registrations/${someId}/contacts`,
    body: { contact_id: someId },
  },
  listContacts: { path: '/v1/contacts' },
  createContact: { method: 'POST', path: '/v1/contacts', body: someContact },
  getContact: { path: `/v1/contacts/${someId}` },
  changeContact: { method: 'PUT', path: `/v1/contacts/${someId}`, body: someContact },
  deleteContact: { method: 'DELETE', path: `/v1/contacts/${someId}` },
  requestAuthCode: { method: 'POST', path: `/v1/registrations/${someId}/auth-code` },
  listRegistrationRequests: { path: '/v1/registration-requests' },
  getRegistrationRequest: { path: `/v1/registration-requests/${someId}` },
  showAuthCode: { method: 'POST', path: `/v1/registration-requests/${someId}/auth-code` },
  quoteRenewal: { path: `/v1/registrations/${someId}/renewal-quote` },
  orderRenewal: {
    method: 'POST',
    path: `/v1/registrations/${someId}/renewals`,
    body: {
      years: 1,
      payment: 'balance',
      price: { amount_minor: 1_500, currency: 'USD' },
      expires_at: '2027-02-15T13:00:00.000Z',
    },
  },
  listRenewals: { path: '/v1/renewals' },
  payRenewal: { method: 'POST', path: `/v1/renewals/${someId}/payments` },
  getRenewal: { path: `/v1/renewals/${someId}` },
  topUp: { method: 'POST', path: '/v1/top-ups', body: { amount_minor: 5_000 } },
  getBalance: { path: '/v1/balance' },
  listTransactions: { path: '/v1/transactions' },
  getStatement: { path: '/v1/statement?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z' },
  getForecast: { path: '/v1/forecast' },
  watchName: { method: 'PUT', path: '/v1/watches/some.test' },
  unwatchName: { method: 'DELETE', path: '/v1/watches/some.test' },
  listWatches: { path: '/v1/watches' },
  getBillingProfile: { path: '/v1/billing-profile' },
  putBillingProfile: {
    method: 'PUT',
    path: '/v1/billing-profile',
    body: someProfile,
    headers: { 'If-None-Match': '*' },
  },
  requestInvoice: { method: 'POST', path: `/v1/backorders/${someId}/invoice` },
  requestRenewalInvoice: { method: 'POST', path: `/v1/renewals/${someId}/invoice` },
  listInvoices: { path: '/v1/invoices' },
  getInvoice: { path: `/v1/invoices/${someId}` },
  getInvoicePdf: { path: `/v1/invoices/${someId}/pdf` },
  listDropLists: { path: '/v1/drop-lists' },
  getPublication: { path: '/v1/publication' },
  getDropList: { path: '/v1/drop-lists/latest' },
  getDropListFile: { path: '/v1/drop-lists/latest/file' },
  getCalendar: { path: '/v1/calendar.ics' },
  getCalendarAddress: { path: '/v1/calendar-address' },
  getBackorderTimeline: { path: `/v1/backorders/${someId}/timeline` },
  listRefunds: { path: '/v1/refunds' },
  getRefund: { path: `/v1/refunds/${someId}` },
  listApiKeys: { path: '/v1/api-keys' },
  createApiKey: { method: 'POST', path: '/v1/api-keys', body: { label: 'a key', scopes: ['keys:manage'] } },
  getApiKey: { path: `/v1/api-keys/${someId}` },
  updateApiKey: { method: 'PATCH', path: `/v1/api-keys/${someId}`, body: { label: 'another label' } },
  rotateApiKey: { method: 'POST', path: `/v1/api-keys/${someId}/rotate`, body: { overlap_seconds: 60 } },
  revokeApiKey: { method: 'DELETE', path: `/v1/api-keys/${someId}` },
  listSubAccounts: { path: '/v1/sub-accounts' },
  createSubAccount: { method: 'POST', path: '/v1/sub-accounts', body: { label: 'an office' } },
  getSubAccount: { path: `/v1/sub-accounts/${someId}` },
  updateSubAccount: {
    method: 'PATCH',
    path: `/v1/sub-accounts/${someId}`,
    body: { label: 'another office' },
  },
  createBulkOrder: { method: 'POST', path: '/v1/bulk-orders', body: { items: [{ name: 'some.test' }] } },
  getBulkOrder: { path: `/v1/bulk-orders/${someId}` },
  listBulkOrderItems: { path: `/v1/bulk-orders/${someId}/items` },
  getAccount: { path: '/v1/account' },
  updateAccount: {
    method: 'PATCH',
    path: '/v1/account',
    body: { low_balance: { amount_minor: 5_000, currency: 'USD' } },
  },
  listZones: { path: '/v1/zones' },
  listStatistics: { path: '/v1/statistics' },
  getZone: { path: '/v1/zones/test' },
  listEvents: { path: '/v1/events' },
  streamEvents: { path: '/v1/events/stream' },
  getSandbox: { path: '/v1/sandbox' },
  createSandboxDrop: { method: 'POST', path: '/v1/sandbox/drops', body: { names: ['caught-1.test'] } },
  getSandboxDrop: { path: `/v1/sandbox/drops/${someId}` },
  listWebhookEndpoints: { path: '/v1/webhook-endpoints' },
  createWebhookEndpoint: {
    method: 'POST',
    path: '/v1/webhook-endpoints',
    body: { url: 'https://shop.example.com/droplock' },
  },
  getWebhookEndpoint: { path: `/v1/webhook-endpoints/${someId}` },
  updateWebhookEndpoint: {
    method: 'PATCH',
    path: `/v1/webhook-endpoints/${someId}`,
    body: { description: 'another shop' },
  },
  deleteWebhookEndpoint: { method: 'DELETE', path: `/v1/webhook-endpoints/${someId}` },
  rotateWebhookSecret: {
    method: 'POST',
    path: `/v1/webhook-endpoints/${someId}/rotate-secret`,
    body: { overlap_seconds: 60 },
  },
  testWebhookEndpoint: { method: 'POST', path: `/v1/webhook-endpoints/${someId}/test` },
  recoverWebhookEndpoint: {
    method: 'POST',
    path: `/v1/webhook-endpoints/${someId}/recover`,
    body: { since: '2026-11-01T00:00:00Z' },
  },
  listWebhookDeliveries: { path: `/v1/webhook-endpoints/${someId}/deliveries` },
  retryWebhookDelivery: {
    method: 'POST',
    path: `/v1/webhook-endpoints/${someId}/deliveries/${someId}/retry`,
  },
  getInvoiceHtml: { path: `/v1/invoices/${someId}/html` },
} as const satisfies Record<OperationId, Ask>

export const operationIds = Object.keys(wellFormed) as readonly OperationId[]

/** The operations with a body. */
export type BodiedId = {
  [Id in OperationId]: (typeof wellFormed)[Id] extends { body: unknown } ? Id : never
}[OperationId]

export const bodiedIds = operationIds.filter((id): id is BodiedId => 'body' in wellFormed[id])

/** The operations that are done once for each Idempotency-Key. */
export const keyedIds = operationIds.filter((id) => isOnceByKey(operations[id]))

/** The edits of what has versions. */
export const editIds = operationIds.filter((id) => isOnlyIfUnchanged(operations[id]))

export function order(name: string, key?: string, payment = 'balance'): Ask {
  const ask = { method: 'POST', path: '/v1/backorders', body: { name, payment } }
  return key === undefined ? ask : { ...ask, key }
}

/** Opens a card payment for a name that nobody holds. */
export function payFor(name: string, key: string): Ask {
  return { method: 'POST', path: '/v1/payments', body: { name }, key }
}
