import type { Scope } from '@droplock/rules/accounts/scopes'

/** The security of an operation: an API key with this scope. */
export function keyWith<Needed extends Scope>(scope: Needed) {
  return [{ apiKey: [scope] }]
}

export function json<Schema>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}
