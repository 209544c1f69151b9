import type { z } from '@hono/zod-openapi'
import type { Context, TypedResponse } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { HttpEnvironment } from './observe.ts'

/**
 * Every successful answer is sent with this. The framework does not check what it sends, so the value is parsed with the documented
 * schema: members that the contract does not have are dropped, and a value that violates it throws (a 500). An invalid row of a list
 * is left out instead and logged as an error, so that the other rows can be read.
 */
export function reply<Status extends ContentfulStatusCode, Schema extends z.ZodType>(
  c: Pick<Context<HttpEnvironment>, 'json' | 'var'>,
  status: Status,
  schema: Schema,
  value: z.input<Schema>,
): Response & TypedResponse<z.output<Schema>, Status, 'json'> {
  const response: unknown = c.json(parseReply(c, schema, value), status)
  // Hono's own type runs the body through a mapped type that a generic cannot satisfy; the body is what it says.
  return response as Response & TypedResponse<z.output<Schema>, Status, 'json'>
}

/** The body that `reply` sends. Throws for a value that violates the contract. */
export function parseReply<Schema extends z.ZodType>(
  c: Pick<Context<HttpEnvironment>, 'var'>,
  schema: Schema,
  value: z.input<Schema>,
): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (!parsed.success) c.var.event.fail(parsed.error)
  return parsed.success ? parsed.data : schema.parse(withoutBadRows(value, parsed.error))
}

/** The page without its invalid items. Throws the error if it is about anything else. */
function withoutBadRows(page: unknown, error: z.ZodError): object {
  const bad = new Set(
    error.issues.map(({ path: [member, index] }) => (member === 'items' ? index : undefined)),
  )
  if (bad.has(undefined) || !isPage(page)) throw error
  return { ...page, items: page.items.filter((_, index) => !bad.has(index)) }
}

function isPage(value: unknown): value is { readonly items: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items)
}
