import type { z } from '@hono/zod-openapi'
import type { Context, TypedResponse } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/**
 * The only way out for a success. The framework never checks what it sends, so this does: the value is parsed by the
 * schema that is documented, which drops members the contract does not have and throws (a 500) on what breaks it.
 */
export function reply<Status extends ContentfulStatusCode, Schema extends z.ZodType>(
  c: Pick<Context, 'json'>,
  status: Status,
  schema: Schema,
  value: z.input<Schema>,
): Response & TypedResponse<z.output<Schema>, Status, 'json'> {
  const body: z.output<Schema> = schema.parse(value)
  const response: unknown = c.json(body, status)
  // Hono's own type runs the body through a mapped type that a generic cannot satisfy; the body is what it says.
  return response as Response & TypedResponse<z.output<Schema>, Status, 'json'>
}
