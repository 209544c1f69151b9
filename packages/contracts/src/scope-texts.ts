import type { Scope } from '@droplock/rules/accounts'

/** What each scope of an API key allows, in words. */
export const scopeTexts = {
  'listings:read': 'search and read listings',
  'backorders:read': 'read own backorders with their evidence, payments and watched names',
  'backorders:write': 'place, pay and release backorders, top up, and watch names: this spends money',
  'balance:read': 'read the balance, the account statement and the forecast',
  'invoices:read': 'read invoices, credit notes and the billing profile',
  'invoices:write': 'request invoices and say whom they are for',
} as const satisfies Record<Scope, string>
