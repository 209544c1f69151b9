import { Refusal } from '@droplock/rules/refusals'
import { isWellFormed } from '@droplock/rules/text/well-formed'
import type { MiddlewareHandler } from 'hono'

/**
 * Path, query and headers are text that every store can keep; a JSON body is `requireJson`'s. Mount it before all routes:
 * what is refused here reaches no handler, no database and no hash. Throws Refusal('malformed_text').
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

/** `place`: what the caller has to correct. */
export function malformedText(place: string): Refusal {
  return new Refusal('malformed_text', `The text of the ${place} is not well-formed.`, { place })
}

/** Whether every text in the value is well-formed, members' names as well. A walk without recursion: `[[[[…` is deep. */
export function isWellFormedJson(value: unknown): boolean {
  const left = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next === 'string' && !isWellFormed(next)) return false
    if (typeof next === 'object' && next !== null) left.push(...Object.keys(next), ...Object.values(next))
  }
  return true
}

function split(url: string): { readonly path: string; readonly query: string } {
  const start = url.indexOf('?')
  return start === -1 ? { path: url, query: '' } : { path: url.slice(0, start), query: url.slice(start + 1) }
}

/** `decodeURIComponent` throws on octets that are no UTF-8. */
function decodesWellFormed(encoded: string): boolean {
  try {
    return isWellFormed(decodeURIComponent(encoded))
  } catch {
    return false
  }
}
