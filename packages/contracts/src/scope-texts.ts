import type { Scope } from '@droplock/rules/accounts'

/** What each scope of an API key allows, in words. */
export const scopeTexts = {
  'listings:read': 'search and read listings',
  'backorders:read': 'read your backorders with their evidence and payments, and your watched names',
  'backorders:write':
    'place, pay and release backorders, top up the balance, and watch names; this spends money',
  'registrations:read': 'read the names that were caught for you, and your requests to change them',
  'registrations:write': 'change name servers and read auth codes of the names that were caught for you',
  'balance:read': 'read the balance, account statements and the forecast',
  'invoices:read': 'read invoices, credit notes and the billing profile',
  'invoices:write': 'request invoices and set the billing profile',
  'keys:manage':
    'make, change, rotate and revoke API keys, none of which grants more than this one; set up sub-accounts and the notice of a low balance',
} as const satisfies Record<Scope, string>
