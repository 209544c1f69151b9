import type { Scope } from '@droplock/rules/accounts'

/** What each scope of an API key allows, in words. */
export const scopeTexts = {
  'listings:read': 'search and read listings',
  'backorders:read': 'read your backorders with their evidence and payments, and your watched names',
  'backorders:write':
    'place, pay and release backorders, top up the balance, and watch names; this spends money',
  'registrations:read':
    'read the names that were caught for you, their renewals, and your requests to change them',
  'registrations:write':
    'renew the names that were caught for you, change their name servers and read their auth codes; this spends money',
  'contacts:read': 'read your contacts, which are personal data',
  'contacts:write': 'create, change and delete your contacts',
  'balance:read': 'read the balance, account statements and the forecast',
  'invoices:read': 'read invoices, credit notes and the billing profile',
  'invoices:write': 'request invoices and set the billing profile',
  'events:read':
    'read and follow the events of the account, which show its orders, names, payments, refunds, invoices and balance',
  'webhooks:manage':
    'set up webhook endpoints, to which what happens in your account is sent, and read their deliveries',
  'keys:manage':
    'make, change, rotate and revoke API keys, none of which grants more than this one; set up sub-accounts and the notice of a low balance',
} as const satisfies Record<Scope, string>
