import type { Scope } from '@droplock/rules/accounts'
import { z } from '@hono/zod-openapi'

/** The security of an operation: an API key with this scope. */
export function keyWith<Needed extends Scope>(scope: Needed) {
  return [{ apiKey: [scope] }]
}

export function json<Schema>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** The answer to what was made: where it can be read from now on. */
export function made<Schema>(schema: Schema, what: string, description: string) {
  return {
    ...json(schema, description),
    headers: z.object({ Location: z.string().openapi({ description: `The path of the ${what}` }) }),
  }
}
