import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import { isWellFormedJson, malformedText } from './require-well-formed.ts'

/**
 * A body is there, says that it is JSON, and is. The framework would take an empty one without a media type for `{}`, and
 * tells the rest as plain text; and it would read octets that are no UTF-8 as U+FFFD. Throws Refusal: body_required,
 * unsupported_media_type, malformed_text, malformed_json.
 */
export const requireJson: MiddlewareHandler = async (c, next) => {
  const octets = await c.req.arrayBuffer()
  if (octets.byteLength === 0) throw new Refusal('body_required', 'The body is empty; send a JSON object.')
  const mediaType = c.req.header('Content-Type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType !== 'application/json') {
    throw new Refusal('unsupported_media_type', 'Send the body with Content-Type: application/json.')
  }
  if (!isWellFormedJson(parse(decode(octets)))) throw malformedText('body')
  await next()
}

function decode(octets: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    throw malformedText('body')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('malformed_json', 'The body is not valid JSON.')
  }
}
