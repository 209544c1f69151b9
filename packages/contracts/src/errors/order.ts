import { entry, passing } from './entry.ts'

/** What is refused to whoever orders, pays, renews and asks for invoices. */
export const orderErrors = {
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
  webhook_rejected: entry(
    400,
    'Event not taken',
    'Events are taken from the payment provider alone: signed by its secret, fresh, and for this service.',
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
} as const
