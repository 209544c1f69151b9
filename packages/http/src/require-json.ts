import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'

/**
 * A body is there, says that it is JSON, and is. The framework would take an empty one without a media type for `{}`, and
 * tells the rest as plain text. Throws Refusal: body_required, unsupported_media_type, malformed_json.
 */
export const requireJson: MiddlewareHandler = async (c, next) => {
  const text = await c.req.text()
  if (text === '') throw new Refusal('body_required', 'The body is empty; send a JSON object.')
  const mediaType = c.req.header('Content-Type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType !== 'application/json') {
    throw new Refusal('unsupported_media_type', 'Send the body with Content-Type: application/json.')
  }
  try {
    JSON.parse(text)
  } catch {
    throw new Refusal('malformed_json', 'The body is not valid JSON.')
  }
  await next()
}
