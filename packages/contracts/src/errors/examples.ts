import type { FaultyPart, Refusal, RefusalCode } from '@droplock/rules/refusals'

/** What a problem of one code says in a case. The members of its own are those that every problem of the code may have. */
type ProblemExample = {
  readonly detail: string
  /** In snake_case, as they are sent. */
  readonly facts?: Refusal['facts']
  readonly parts?: readonly FaultyPart[]
}

const id = '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'

/** What every refusal of an order says of the listing. */
const listing = {
  listing_state: 'open',
  opens_at: '2026-02-11T09:30:00.000Z',
  cutoff_at: '2026-02-15T09:00:00.000Z',
}

const missing = (what: string): ProblemExample => ({ detail: `No such ${what}.`, facts: { id } })

const ofListing = (detail: string, more: Refusal['facts'] = {}): ProblemExample => ({
  detail,
  facts: { ...listing, ...more },
})

/**
 * Examples of the refusals of the reseller API, for its document. A code without one here has no members of its own, and is shown with
 * the text of the catalogue. A test of the gateway compares them with its answers.
 */
export const problemExamples: Readonly<Partial<Record<RefusalCode, ProblemExample>>> = {
  malformed_text: {
    detail: 'The text of the query is not valid UTF-8, or contains control characters.',
    facts: { place: 'query' },
  },
  account_suspended: { detail: 'The account of this API key is suspended.' },
  insufficient_scope: {
    detail: 'This API key lacks the scope backorders:write.',
    facts: { scope: 'backorders:write' },
  },
  address_not_allowed: {
    detail: 'This API key may not be used from this address.',
    facts: { address: '203.0.113.7' },
  },
  invalid_request: {
    detail: 'payment must be one of balance, card.',
    parts: [{ pointer: '/payment', detail: 'must be one of balance, card' }],
  },
  invalid_cursor: {
    detail: 'No page of this list ends there.',
    parts: [{ parameter: 'cursor', detail: 'must be the `next` of an earlier page of this list' }],
  },
  search_text_too_short: {
    detail: 'A part of a label needs 3 letters or digits in a row; starts_with and ends_with may have fewer.',
    facts: { characters_min: 3 },
  },
  rate_limited: {
    detail: 'Your account has sent 600 requests of this kind in this minute.',
    facts: { bucket: 'reads', quota: 600, retry_after_seconds: 42 },
  },
  listing_not_found: { detail: 'No listing of example.com.', facts: { name: 'example.com' } },
  invalid_name: {
    detail: 'This is not a domain name.',
    parts: [{ pointer: '/name', detail: 'must be a domain name' }],
  },
  idempotency_key_missing: {
    detail: 'Send a header Idempotency-Key, with a new value for each request.',
    parts: [{ header: 'Idempotency-Key', detail: 'is missing' }],
  },
  idempotency_key_malformed: {
    detail: 'An Idempotency-Key must have from 1 to 255 printable ASCII characters.',
    parts: [{ header: 'Idempotency-Key', detail: 'must have from 1 to 255 printable ASCII characters' }],
  },
  insufficient_balance: { detail: 'The balance does not cover the price of example.com.' },
  contact_not_found: {
    ...missing('contact'),
    parts: [{ pointer: '/contact_id', detail: 'must be one of your contacts' }],
  },
  sub_account_not_found: missing('sub-account'),
  listing_not_open_yet: ofListing('The listing does not take orders yet.', { listing_state: 'upcoming' }),
  listing_closed: ofListing('The listing takes no orders.', { listing_state: 'closed' }),
  cutoff_passed: ofListing('Orders for this name have closed.'),
  zone_disabled: ofListing('The zone takes no new orders.'),
  name_premium: ofListing('Premium names cannot be backordered.'),
  name_reserved: ofListing('The registry reserves this name.'),
  name_suspect: ofListing('The name left the drop list and is being checked.'),
  name_blocked: ofListing('This name is not offered.'),
  name_taken: ofListing('Another customer holds this name.'),
  already_yours: ofListing('Your account holds this name already.', { backorder_id: id }),
  price_unavailable: ofListing('The name has no price in your currency.'),
  price_changed: {
    detail: 'The price of this name is not the expected one.',
    facts: { price: { amount_minor: 1_900, currency: 'USD' } },
  },
  hold_too_late: { detail: 'Orders close too soon to hold the name unpaid.' },
  hold_limit_reached: { detail: 'Pay or release an open order first.', facts: { open_holds_max: 3 } },
  request_too_large: { detail: 'The body may have at most 16384 bytes.', facts: { bytes_max: 16_384 } },
  backorder_not_found: missing('backorder'),
  backorder_not_releasable: {
    detail: 'Only an unpaid order can be released.',
    facts: { state: 'backordered' },
  },
  refund_not_found: missing('refund'),
  payment_ended: { detail: 'This order cannot be paid any more.', facts: { state: 'backordered' } },
  payment_not_found: missing('payment'),
  renewal_not_found: missing('renewal'),
  registration_not_found: missing('registration'),
  registration_request_pending: {
    detail: 'Another change of this kind is in progress.',
    facts: { registration_request_id: id },
  },
  invalid_name_servers: {
    detail: 'Name server 2: ns.example.com is below example.com, so its addresses are needed.',
    facts: { index: 1 },
  },
  registration_request_not_found: missing('request for an auth code'),
  auth_code_not_ready: {
    detail: 'The auth code is not set at the registry.',
    facts: { state: 'processing' },
  },
  invalid_contact: { detail: "The contact's city is ASCII in the int form.", facts: { field: 'city' } },
  precondition_malformed: {
    detail: 'If-None-Match must not be sent with If-Match.',
    parts: [{ header: 'If-None-Match', detail: 'must not be sent with If-Match' }],
  },
  precondition_required: {
    detail: 'Send If-Match with the ETag of what you read.',
    parts: [{ header: 'If-Match', detail: 'is missing' }],
  },
  contact_in_use: { detail: 'The contact is in use.', facts: { id } },
  renewal_too_long: {
    detail: 'A name is renewed to at most 10 years ahead.',
    facts: { expires_at: '2028-02-15T13:00:00.000Z' },
  },
  renewal_quote_stale: {
    detail: 'Price or expiry have changed since the quote.',
    facts: { price_minor: 1_500, currency: 'USD', expires_at: '2027-02-15T13:00:00.000Z' },
  },
  amount_out_of_range: {
    detail: 'This amount is out of range for a top-up.',
    facts: { min_minor: 100, max_minor: 100_000_000 },
  },
  invoice_not_available: {
    detail: 'An invoice is issued after a success only.',
    facts: { state: 'backordered' },
  },
  invoice_not_found: missing('invoice or credit note'),
  drop_list_not_found: missing('drop list'),
  zone_not_found: { detail: 'The drop list has no names of this zone.', facts: { zone: 'com' } },
  range_not_satisfiable: { detail: 'The file has 225 bytes.', facts: { bytes: 225 } },
  key_exceeds_own: {
    detail: 'A key never grants more than the key of the request.',
    facts: { scope: 'balance:read' },
  },
  api_key_limit_reached: {
    detail: 'Revoke a key that is no longer used first.',
    facts: { keys_max: 100 },
  },
  api_key_not_found: missing('API key'),
  webhook_endpoint_not_found: missing('webhook endpoint'),
  webhook_delivery_not_found: missing('delivery'),
  webhook_endpoint_exists: { detail: 'Another enabled webhook endpoint has this URL.' },
  webhook_endpoint_disabled: { detail: 'Nothing is sent to it. Enable it first.' },
  webhook_endpoint_limit_reached: {
    detail: 'Delete a webhook endpoint first.',
    facts: { endpoints_max: 20 },
  },
  webhook_url_forbidden: {
    detail: 'Webhooks cannot be sent to this URL: address.',
    facts: { reason: 'address' },
  },
  api_key_revoked: { detail: 'This key was rotated already.', facts: { replaced_by: id } },
  currency_mismatch: {
    detail: 'The limit is in the currency of the account.',
    facts: { currency: 'USD' },
  },
  bulk_order_not_found: missing('bulk order'),
  event_cursor_gone: {
    detail: 'Events after this cursor are not kept any more.',
    facts: { oldest_cursor: '4512' },
  },
  outside_sandbox: {
    detail: 'Your sandbox has names below qmbadtgk.sandbox.',
    facts: { name: 'caught-1.sandbox', zone: 'qmbadtgk.sandbox' },
    parts: [{ pointer: '/names/0', detail: 'must be directly below qmbadtgk.sandbox' }],
  },
  sandbox_name_used: {
    detail: 'This name is dropping or has dropped: use another label.',
    facts: { name: 'caught-1.qmbadtgk.sandbox' },
  },
  sandbox_drop_not_found: missing('drop of a sandbox'),
  too_many_streams: { detail: 'Your account has its streams open already.', facts: { streams_max: 10 } },
}
