import { Refusal } from '@droplock/rules/refusals'
import { isWellFormed } from '@droplock/rules/text'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { HttpEnvironment } from './observe.ts'
import { refuse } from './refuse.ts'

/** Valid JSON bodies are below 1 KiB. */
export const JSON_BYTES_MAX = 16_384

/** Refuses a body that is too large: before it is read, or while it is read if its length is not declared. */
export function limitBody(bytesMax: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: bytesMax,
    onError: (c: Context<HttpEnvironment>) =>
      refuse(
        c,
        new Refusal('request_too_large', `The body may have at most ${bytesMax} bytes.`, {
          bytes_max: bytesMax,
        }),
      ),
  })
}

/**
 * Requires a body that is JSON and declares it. The framework would accept an empty body without a media type as `{}`, answer other
 * errors as plain text, and read bytes that are not UTF-8 as U+FFFD. Throws Refusal: body_required,
 * unsupported_media_type, malformed_text, malformed_json.
 */
export const requireJson: MiddlewareHandler = async (c, next) => {
  const octets = await c.req.arrayBuffer()
  if (octets.byteLength === 0) throw new Refusal('body_required', 'The body is empty; send a JSON object.')
  const mediaType = c.req.header('Content-Type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType !== 'application/json') {
    throw new Refusal('unsupported_media_type', 'Send the body with Content-Type: application/json.')
  }
  requireUsable(parse(decode(octets)))
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

/**
 * Requires well-formed text in path, query and headers (`requireJson` does so for the body). Mount it before all routes: what is
 * refused here reaches no handler, no database and no hash. Throws Refusal('malformed_text').
 */
export const requireWellFormed: MiddlewareHandler = async (c, next) => {
  const { path, query } = split(c.req.url)
  if (!decodesWellFormed(path)) throw malformedText('path')
  // A plus sign is a space in a query, which makes no difference here.
  if (!decodesWellFormed(query)) throw malformedText('query')
  for (const [name, value] of c.req.raw.headers)
    if (!isWellFormed(value)) throw malformedText(`header ${name}`)
  await next()
}

/** `place`: the part of the request to correct. */
function malformedText(place: string): Refusal {
  return new Refusal(
    'malformed_text',
    `The text of the ${place} is not valid UTF-8, or contains control characters.`,
    { place },
  )
}

/**
 * Requires that all text in the value is well-formed, including the names of members, and that no number is beyond what is read of one:
 * `1e999` is JSON, and infinite once it is parsed. Without recursion: `[[[[…` may be deep.
 */
function requireUsable(value: unknown): void {
  const left = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next === 'string' && !isWellFormed(next)) throw malformedText('body')
    if (typeof next === 'number' && !Number.isFinite(next))
      throw new Refusal('malformed_json', 'A number in the body is too large.')
    if (typeof next === 'object' && next !== null) left.push(...Object.keys(next), ...Object.values(next))
  }
}

function split(url: string): { readonly path: string; readonly query: string } {
  const start = url.indexOf('?')
  return start === -1 ? { path: url, query: '' } : { path: url.slice(0, start), query: url.slice(start + 1) }
}

/** `decodeURIComponent` throws on bytes that are not UTF-8. */
function decodesWellFormed(encoded: string): boolean {
  try {
    return isWellFormed(decodeURIComponent(encoded))
  } catch {
    return false
  }
}

/** For answers that concern one caller at one moment. */
export const uncached: MiddlewareHandler = async (c, next) => {
  c.header('Cache-Control', 'no-store')
  await next()
}
