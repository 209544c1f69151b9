/** What an API key may do. An account's own data only: no scope reaches another account. */
export const scopes = [
  'listings:read',
  'backorders:read',
  'backorders:write',
  'balance:read',
  'invoices:read',
  'invoices:write',
] as const

export type Scope = (typeof scopes)[number]

export function isScope(text: string): text is Scope {
  return scopes.some((scope) => scope === text)
}
