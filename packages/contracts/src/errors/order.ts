import { entry, passing } from './entry.ts'

/** Refusals of orders, payments, renewals and invoices. */
export const orderErrors = {
  invalid_name: entry(
    422,
    'Invalid domain name',
    'This is not a domain name that can be registered: one label directly below a zone.',
  ),
  zone_not_served: entry(422, 'Zone not served', 'Names in this zone are not offered here.'),
  zone_disabled: entry(
    409,
    'Zone disabled',
    'This zone accepts no new orders for now. Secured orders remain valid.',
  ),
  listing_not_found: entry(404, 'Listing not found', 'The name is on no published drop list.'),
  listing_not_open_yet: passing(
    409,
    'Listing not open yet',
    'Orders for this name have not opened yet. Order again at or after `opens_at`.',
  ),
  listing_closed: entry(
    409,
    'Listing closed',
    'Orders for this name are closed: it is dropping, or its drop is over.',
  ),
  cutoff_passed: entry(409, 'Cut-off passed', 'The cut-off for orders of this name has passed.'),
  name_premium: entry(
    409,
    'Premium name',
    'The registry charges a premium price for this name. Premium names cannot be backordered.',
  ),
  name_reserved: entry(409, 'Reserved name', 'The registry will not release this name for registration.'),
  name_suspect: entry(
    409,
    'Deletion uncertain',
    "The name is missing from its registry's latest list. It can be ordered again once its deletion is confirmed.",
  ),
  name_blocked: entry(409, 'Name not offered', 'This name is not offered.'),
  name_taken: entry(
    409,
    'Name taken',
    'Another account holds the backorder for this name. There is one backorder per name, and no auction.',
  ),
  already_yours: entry(
    409,
    'Already yours',
    'Your account already holds this name; `backorder_id` is its order. Nothing was ordered or paid twice. This is also the answer when you repeat an order whose first answer was lost.',
  ),
  price_unavailable: entry(409, 'No price', 'This name has no price in the currency of your account.'),
  price_changed: entry(
    409,
    'Price changed',
    'The name has another price than `expected_price`; `price` is the current one. Nothing was ordered. Order again with that price if you accept it.',
  ),
  insufficient_balance: entry(
    402,
    'Insufficient balance',
    "Your account's balance and credit do not cover the price. Top up, then order again.",
  ),
  account_not_found: entry(404, 'Account not found', 'There is no account with this id.'),
  amount_out_of_range: entry(
    422,
    'Amount out of range',
    'The amount must be from `min_minor` to `max_minor`.',
  ),
  invalid_period: entry(
    422,
    'Invalid period',
    'The period includes `from` and ends just before `to`, so `from` must be the earlier time. `since` is a time of the last 30 days.',
  ),
  card_unavailable: entry(
    409,
    'Card payments not available',
    'Cards are not accepted at the moment. Nothing was ordered or held. Pay from the balance.',
  ),
  payment_not_found: entry(404, 'Payment not found', 'Your account has no payment with this id.'),
  payment_ended: entry(
    409,
    'Payment ended',
    'It is already paid, or the time to pay is over. If the name is still free, order it again.',
  ),
  payment_disputed: entry(
    409,
    'Payment disputed',
    "The cardholder's bank disputes this payment or has taken it back. Nothing is refunded to the card in the meantime.",
  ),
  webhook_rejected: entry(
    400,
    'Event rejected',
    'Only current events of the payment provider are accepted, signed with its secret and meant for this service.',
  ),
  billing_profile_missing: entry(
    409,
    'Billing profile missing',
    'An invoice needs a billing profile. Set it with PUT /v1/billing-profile, then request the invoice again.',
  ),
  invoice_not_available: entry(
    409,
    'Invoice not available',
    'Invoices are available for successful orders only. `state` is the current state of this one.',
  ),
  invoice_not_found: entry(
    404,
    'Invoice not found',
    'Your account has no invoice or credit note with this id.',
  ),
  backorder_not_found: entry(404, 'Backorder not found', 'Your account has no backorder with this id.'),
  bulk_order_not_found: entry(404, 'Bulk order not found', 'Your account has no bulk order with this id.'),
  backorder_undecided: entry(
    409,
    'Result not known yet',
    'A backorder can be refunded manually only when its result is known.',
  ),
  backorder_not_releasable: entry(
    409,
    'Not releasable',
    'Only an unpaid order can be released. A secured backorder cannot be cancelled.',
  ),
  registration_expired: entry(
    409,
    'Registration expired',
    'The name expired too long ago to be renewed, and is being deleted.',
  ),
  renewal_not_found: entry(404, 'Renewal not found', 'Your account has no renewal with this id.'),
  renewal_undecided: entry(
    409,
    'Result of the renewal not known yet',
    'A renewal can be refunded manually only when its result is known.',
  ),
  renewal_pending: entry(
    409,
    'Renewal pending',
    'An earlier renewal of this name is still in progress. Wait for its result, then order again.',
  ),
  renewal_quote_stale: entry(
    409,
    'Quote outdated',
    'The price or the expiry date has changed since the quote. Request a new quote and order with that.',
  ),
  renewal_too_long: entry(
    422,
    'Too many years',
    'A name can be registered for at most ten years from today. Order fewer years.',
  ),
  registration_not_found: entry(
    404,
    'Registration not found',
    'Your account has no registration with this id.',
  ),
  registration_ended: entry(
    409,
    'Registration ended',
    'This name is no longer registered here: it was transferred or deleted. Nothing can be changed here any more.',
  ),
  registration_request_not_found: entry(
    404,
    'Request not found',
    'Your account has no such request for a registration with this id.',
  ),
  registration_request_pending: entry(
    409,
    'Change in progress',
    'Another change of this kind is in progress; `registration_request_id` is its request. Wait for its result, then request the next one.',
  ),
  invalid_name_servers: entry(
    422,
    'Invalid name servers',
    'A name has 2 to 13 different name servers. Those below the name itself need their IP addresses, others must have none. `index` is the first that is wrong, from 0.',
  ),
  auth_code_not_ready: entry(
    409,
    'Auth code not set',
    'The auth code is not set at the registry: `state` is that of its request.',
  ),
  auth_code_shown: entry(
    409,
    'Auth code already shown',
    'An auth code is shown once. If you have lost it, request another one; it replaces this one.',
  ),
  auth_code_expired: entry(
    409,
    'Auth code expired',
    'This auth code is no longer valid: its time is over, or a later one has replaced it. Request another one.',
  ),
  auth_code_unavailable: entry(
    409,
    'Auth code not available',
    'The service cannot set or show auth codes at the moment, or not this one. Request another one later.',
  ),
  contact_not_found: entry(404, 'Contact not found', 'Your account has no contact with this id.'),
  contact_in_use: entry(
    409,
    'Contact in use',
    'It is the default of your account, or an undecided order, a change in progress or a registration names it.',
  ),
  contacts_not_used: entry(
    409,
    'No contacts here',
    'The registry of this name keeps no contacts, so there are none to change.',
  ),
  hold_not_available: entry(
    409,
    'Hold not available',
    'This name was already held unpaid once in this cycle. The first account that pays now gets it: order from the balance, or open a card payment without a hold (POST /v1/payments).',
  ),
  hold_too_late: entry(
    409,
    'Too late to hold',
    'A card payment must arrive five minutes before orders close, and there are less than two minutes left until then. Order from the balance.',
  ),
  hold_limit_reached: entry(
    409,
    'Too many open orders',
    'Your account may have `open_holds_max` unpaid orders at a time. Pay or release one first.',
  ),
  payment_limit_reached: entry(
    409,
    'Too many open payments',
    'Your account has reached its limit of open card payments without a hold. Pay one, or wait until one ends at its `pay_by`.',
  ),
  watch_limit_reached: entry(
    409,
    'Watch list full',
    'Your account has reached its limit of watched names. Remove a name first.',
  ),
  sandbox_only: entry(
    409,
    'Sandbox only',
    'Drops are simulated for test keys only: send this with a key that begins with `dlk_test_`, to a server that runs the test world.',
  ),
  outside_sandbox: entry(
    422,
    'Not in your sandbox',
    "Only names directly below your sandbox's own `zone` can be dropped. GET /v1/sandbox shows it.",
  ),
  sandbox_name_used: entry(
    409,
    'Name used already',
    'A name of a sandbox drops once, and `name` is dropping or has dropped. Use another label that begins alike.',
  ),
  sandbox_limit_reached: entry(
    409,
    'Too many drops',
    'Your sandbox has as many drops as may be under way at a time. Wait until one of them has ended.',
  ),
  sandbox_drop_not_found: entry(404, 'Drop not found', 'Your sandbox has no drop with this id.'),
} as const
