import { entry } from './entry.ts'

/** Refusals of the marketplace's own server: all others are the gateway's. */
export const memberErrors = {
  email_not_verified: entry(
    403,
    'Address not confirmed',
    'Open the link that was sent to this address, or ask for another one.',
  ),
  role_required: entry(
    403,
    'Role required',
    'Your role in this account does not allow this; an owner can change it.',
  ),
  member_exists: entry(
    409,
    'Belongs to the account',
    'A person with this address belongs to this account already.',
  ),
  member_not_found: entry(404, 'Not in the account', 'There is no such person in this account.'),
  member_limit_reached: entry(
    409,
    'Too many people',
    'The account has as many people as it may have. Remove one first.',
  ),
  last_owner: entry(409, 'Only owner', 'An account has an owner. Make another person its owner first.'),
  link_invalid: entry(
    410,
    'Link cannot be used',
    'This link was used already, or has expired. Ask for another one.',
  ),
  session_not_found: entry(404, 'Session ended', 'This session has ended already.'),
  account_has_credit: entry(
    409,
    'Account has credit',
    'The account has a credit limit. Ask us to end it; then the account can be closed.',
  ),
  currency_not_sold: entry(422, 'Currency not offered', 'Names are not sold in this currency.'),
} as const
