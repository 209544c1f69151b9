import type { RefusalCode } from '@droplock/rules/refusals'

/** What the world is told of a refusal code. A code, once published, never changes its meaning. */
export type ErrorEntry = {
  readonly status: 400 | 401 | 402 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503
  readonly title: string
  /** Whether the same request, unchanged, may succeed a little later. */
  readonly retryable: boolean
  /** What it means, and what the caller can do. */
  readonly doc: string
}

function entry(status: ErrorEntry['status'], title: string, doc: string): ErrorEntry {
  return { status, title, retryable: false, doc }
}

function passing(status: ErrorEntry['status'], title: string, doc: string): ErrorEntry {
  return { status, title, retryable: true, doc }
}

/** The catalogue of everything the service refuses. OpenAPI, the error pages and problem bodies derive from it. */
export const errors = {
  malformed_json: entry(400, 'Malformed JSON', 'The body is not valid JSON. Correct its syntax.'),
  malformed_text: entry(
    400,
    'Malformed text',
    'The path, the query, a header or the body is not valid UTF-8, or has a NUL, a lone surrogate or another control character than tab and line breaks; `place` names it.',
  ),
  body_required: entry(400, 'Body required', 'The operation needs a JSON body and none was sent.'),
  invalid_request: entry(
    422,
    'Invalid request',
    'A parameter or a member of the body is missing, unknown or of the wrong form; `detail` names it.',
  ),
  unsupported_media_type: entry(
    415,
    'Unsupported media type',
    'Send the body as JSON with the header `Content-Type: application/json`.',
  ),
  request_too_large: entry(413, 'Request too large', 'The body is larger than the operation accepts.'),
  not_found: entry(404, 'Not found', 'There is nothing at this path. The paths are listed in /openapi.json.'),
  method_not_allowed: entry(
    405,
    'Method not allowed',
    'The path exists but not with this method; the header `Allow` lists those it has.',
  ),

  unauthenticated: entry(
    401,
    'Not authenticated',
    'Send a valid API key as `Authorization: Bearer dlk_…`. Keys of test and live are not interchangeable, and a revoked key is refused.',
  ),
  insufficient_scope: entry(
    403,
    'Insufficient scope',
    'The API key is valid but lacks the scope in `scope`. Use a key that has it.',
  ),
  session_required: entry(
    401,
    'Sign in first',
    'There is no session in the console, or it has ended. Sign in and send the request again.',
  ),
  invalid_credentials: entry(
    401,
    'Wrong address or password',
    'No account has this e-mail address with this password. Which of the two is wrong is not told.',
  ),
  sign_in_locked: passing(
    429,
    'Too many attempts',
    'This account was tried too often with a wrong password. It may be tried again at the time in `retry_at`.',
  ),
  forbidden: entry(403, 'Not allowed', 'None of your roles has the permission in `permission`.'),
  csrf_token_invalid: entry(
    403,
    'CSRF token invalid',
    'Send the `csrf_token` of your session in the header `X-CSRF-Token` with every change.',
  ),
  cross_site_request: entry(
    403,
    'Request from another site',
    'The console takes changes only from its own pages; the browser said that this came from elsewhere.',
  ),
  reason_required: entry(
    422,
    'Reason required',
    'The audit keeps why a change was made; say it in a few words.',
  ),
  staff_exists: entry(409, 'Account exists', 'Somebody in the console already has this e-mail address.'),

  invalid_name: entry(
    422,
    'Invalid domain name',
    'The text is not a domain name that can be registered: exactly one label below a zone.',
  ),
  zone_not_served: entry(422, 'Zone not served', 'Names of this zone are not offered here at all.'),
  zone_disabled: entry(
    409,
    'Zone disabled',
    'New orders in this zone are stopped for now. Orders that are already secured stay valid.',
  ),
  listing_not_found: entry(404, 'Listing not found', 'The name is on no drop list that was published.'),
  listing_not_open_yet: passing(
    409,
    'Listing not open yet',
    'The name is known but orders have not opened. Try again from the time in `opens_at`.',
  ),
  listing_closed: entry(
    409,
    'Listing closed',
    'The listing takes no orders any more: it is dropping or has ended.',
  ),
  cutoff_passed: entry(409, 'Cut-off passed', 'Orders for this name ended some hours before its deletion.'),
  name_premium: entry(
    409,
    'Premium name',
    'The registry asks a premium price for this name; those cannot be backordered.',
  ),
  name_reserved: entry(409, 'Reserved name', 'The registry will not release this name for registration.'),
  name_suspect: entry(
    409,
    'Deletion in doubt',
    "The name vanished from its registry's list. It can be ordered again if its deletion is confirmed.",
  ),
  name_taken: entry(
    409,
    'Name taken',
    'Someone holds the backorder of this name. There is one per name and no auction.',
  ),
  price_unavailable: entry(
    409,
    'No price',
    'There is no price for this name in the currency of the account.',
  ),
  listing_not_movable: entry(
    409,
    'Listing not movable',
    'The name is dropping or its listing has ended; from here on the registry decides.',
  ),
  listing_not_overridden: entry(
    409,
    'Nothing to undo',
    "No person's move of this listing is in force: it follows the lists.",
  ),
  listing_changed: entry(
    409,
    'Listing changed',
    'The listing is not what your preview was computed from; `changed` names what differs. Look again, then decide.',
  ),
  invalid_window: entry(
    422,
    'Invalid window',
    'Orders close first, then the window starts, then it ends, and its end is ahead; `detail` says what is not so.',
  ),

  insufficient_balance: entry(
    402,
    'Insufficient balance',
    "The account's balance and credit do not cover the price. Top up and order again.",
  ),
  account_not_found: entry(404, 'Account not found', 'There is no account with this id.'),
  amount_out_of_range: entry(
    422,
    'Amount out of range',
    'The amount is below or above what is taken; `min_minor` and `max_minor` say what is.',
  ),
  invalid_period: entry(
    422,
    'Invalid period',
    'A period starts before it ends. `from` is the first instant in it, `to` the first after it.',
  ),
  card_unavailable: entry(
    409,
    'No card payments here',
    'This service takes no cards for now. Nothing was ordered or held; order from the balance.',
  ),
  payment_not_found: entry(404, 'Payment not found', 'There is no payment with this id that you may see.'),
  payment_ended: entry(
    409,
    'Payment has ended',
    'It was paid, or its time is over. An order that is still free can be placed again.',
  ),
  payment_disputed: entry(
    409,
    'Payment disputed',
    "The cardholder's bank has taken this payment back or may do so; nothing goes to the card meanwhile.",
  ),
  finance_task_not_closable: entry(
    409,
    'Not closed by a note',
    'A refund that failed is still owed. Retry it, to the card or to the balance; that closes the task.',
  ),
  finance_task_closed: entry(409, 'Task closed', 'It was dealt with before; its note says how.'),
  bank_reference_invalid: entry(
    422,
    'Not a bank reference',
    'A reference has 3 to 140 letters, digits or any of / . : + -; spaces do not count.',
  ),
  bank_reference_known: entry(
    409,
    'Transfer known',
    'A transfer with this reference is credited already; `bank_transfer_id` names it.',
  ),
  bank_transfer_not_found: entry(404, 'Transfer not found', 'There is no bank transfer with this id.'),
  transfer_not_reversible: entry(409, 'Transfer not reversible', 'It is reversed, or that is proposed.'),
  reversal_not_proposed: entry(409, 'No reversal to decide', 'None is proposed, or it is decided already.'),
  currency_mismatch: entry(
    422,
    'Another currency',
    'An account has one currency for ever, which `currency` names. Amounts of another are not credited to it.',
  ),
  hold_limits_out_of_range: entry(
    422,
    'Hold limits out of range',
    'Both are whole numbers from `min` to `max`, and the one after the first paid order is not the lower.',
  ),
  finance_task_not_found: entry(404, 'Task not found', 'There is no task with this id.'),
  reconciliation_item_not_found: entry(404, 'Item not found', 'There is no item with this id.'),
  reconciliation_item_closed: entry(
    409,
    'Item is closed',
    'The item was closed before; what is found again is a new one.',
  ),
  webhook_rejected: entry(
    400,
    'Event not taken',
    'Events are taken from the payment provider alone: signed by its secret, fresh, and for this service.',
  ),
  refund_not_found: entry(404, 'Refund not found', 'There is no refund with this id.'),
  refund_exceeds_remaining: entry(
    409,
    'More than remains',
    'The amount is more than what remains of the payment; `remaining_minor` says what does.',
  ),
  refund_exceeds_balance: entry(
    409,
    'More than the balance has',
    'The account has spent the top-up: its balance and credit do not cover taking that much back.',
  ),
  refund_stays_on_balance: entry(
    409,
    'It stays on the balance',
    'A top-up is on the balance already. With this refund the account would owe, so only an exception sends it to the card.',
  ),
  refund_already_decided: entry(
    409,
    'Refund already decided',
    'Somebody has approved or rejected it before.',
  ),
  decider_is_proposer: entry(
    403,
    'Own proposal',
    'Whoever proposed a refund cannot decide it; another person has to.',
  ),
  refund_expired: entry(
    409,
    'Proposal expired',
    'The proposal waited too long for a decision. Propose the refund again.',
  ),
  refund_changed: entry(
    409,
    'Not the refund you saw',
    'An approval is of one amount, payee and destination, and these are others. Look again, then decide.',
  ),
  refund_needs_approval: entry(
    409,
    'Needs a second person',
    'More than `limit_minor` of one payment is not refunded by one person alone. Propose it instead.',
  ),
  refund_not_retryable: entry(
    409,
    'Refund not retryable',
    'Only a refund that failed for certain is retried, and only once at a time.',
  ),
  billing_profile_missing: entry(
    409,
    'Billing profile missing',
    'An invoice names whom it is for. Send it once as PUT /v1/billing-profile, then request the invoice again.',
  ),
  invoice_not_available: entry(
    409,
    'Invoice not available',
    'An invoice is issued on request after a success; `state` says where the order is.',
  ),
  invoice_not_found: entry(404, 'Invoice not found', 'There is no invoice or credit note with this id.'),
  seller_mode_is_final: entry(
    409,
    'Mode is final',
    'Something was issued in this database, and it stays live or a test, as `mode` says. The setting DATABASE_MODE of this server says otherwise: correct it.',
  ),

  backorder_not_found: entry(
    404,
    'Backorder not found',
    'There is no backorder with this id that you may see.',
  ),
  backorder_undecided: entry(
    409,
    'Result not known yet',
    'Nothing of a backorder is refunded by hand before its result is known.',
  ),
  backorder_not_releasable: entry(
    409,
    'Not releasable',
    'A secured backorder cannot be cancelled, and one that has ended need not be. Only an unpaid order can be released.',
  ),
  backorder_not_renewable: entry(409, 'Not renewable', 'Only a name that was caught can be renewed.'),
  registration_expired: entry(
    409,
    'Registration ended',
    'The registration has ended; what becomes of the name is up to its registry now.',
  ),
  renewal_not_found: entry(404, 'Renewal not found', 'The account has no renewal with this id.'),
  renewal_undecided: entry(
    409,
    'Renewal not decided yet',
    'Nothing of a renewal is refunded by hand before its result is known.',
  ),
  renewal_pending: entry(
    409,
    'Renewal pending',
    'An earlier renewal of this name is not decided yet. Read it, and order again when it is.',
  ),
  renewal_quote_stale: entry(
    409,
    'Quote out of date',
    'Price or expiry are not those of the quote any more. Ask for a new quote, and order on that.',
  ),
  renewal_too_long: entry(
    422,
    'Too many years',
    'A name is registered for at most ten years from today. Order fewer years.',
  ),
  hold_not_available: entry(
    409,
    'No hold any more',
    'The name was held unpaid before in this cycle. It goes to whoever pays first: order it from the balance, or by a card payment without a hold.',
  ),
  hold_too_late: entry(
    409,
    'Too late to hold',
    'Orders close in a few minutes, too soon to wait for a payment. Order from the balance.',
  ),
  hold_limit_reached: entry(
    409,
    'Too many open orders',
    'The account has as many unpaid orders as it may, `open_holds_max`. Pay or release one first.',
  ),
  payment_limit_reached: entry(
    409,
    'Too many open payments',
    'The account has as many open card payments without a hold as it may. Pay one, or wait: each ends at its `pay_by`.',
  ),
  watch_limit_reached: entry(
    409,
    'Watch list full',
    'The account watches as many names as it may. Take one off the list first.',
  ),

  registry_not_found: entry(404, 'Registry not found', 'There is no registry with this id.'),
  list_format_unknown: entry(
    422,
    'List format unknown',
    'Neither the name of the file nor its first line tells the format of this list; name it in `format`.',
  ),

  list_already_published: entry(409, 'List already published', 'This very list has been published before.'),
  sync_run_not_found: entry(404, 'Sync run not found', 'There is no sync run with this id.'),
  sync_run_not_publishable: entry(
    409,
    'Sync run not publishable',
    'Only a run that is ready or quarantined can be published.',
  ),
  sync_run_not_discardable: entry(
    409,
    'Sync run not discardable',
    'Only a run that is ready or quarantined can be discarded.',
  ),

  try_again: passing(
    503,
    'Try again',
    'Many requests met at one name and this one waited too long. Nothing was done; send it again.',
  ),
  unavailable: passing(
    503,
    'Unavailable',
    'The service cannot answer now. If the request was an order, look whether it was taken before sending it again.',
  ),
  internal_error: entry(
    500,
    'Internal error',
    'The fault is ours and has been logged under `request_id`. If the request was an order, look whether it was taken.',
  ),
} as const satisfies Record<RefusalCode, ErrorEntry>

/** Whether the text is a refusal code. */
export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(errors, text)
}
