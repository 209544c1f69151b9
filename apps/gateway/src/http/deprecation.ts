import { type RouteConfig, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'

/** When an operation was deprecated (RFC 9745) and from when it will not answer any more (RFC 8594), and the page that says what to use. */
export type Deprecation = { readonly since: Date; readonly sunset: Date; readonly page: string }

/** In the document, and where `deprecationOf` finds it. */
const MEMBER = 'x-deprecation'

const headers = {
  Deprecation: z
    .string()
    .openapi({ description: 'Since when, as a structured date (RFC 9745)', example: '@1767225600' }),
  Sunset: z.string().openapi({ description: 'From when it does not answer any more (RFC 8594)' }),
  Link: z.string().openapi({ description: 'A page that says what to use instead' }),
}

/** Marks an operation that will be removed: its document and each of its answers say so. */
export function deprecated<Operation extends Omit<RouteConfig, 'path'> & { path: Path }, Path extends string>(
  operation: Operation,
  deprecation: Deprecation,
): Operation {
  const responses = Object.entries(operation.responses).map(([status, response]) => {
    const own = 'headers' in response && response.headers instanceof z.ZodObject ? response.headers.shape : {}
    return [status, { ...response, headers: z.object({ ...own, ...headers }) }]
  })
  return { ...operation, deprecated: true, responses: Object.fromEntries(responses), [MEMBER]: deprecation }
}

export function deprecationOf(operation: object): Deprecation | undefined {
  return Reflect.get(operation, MEMBER)
}

/** Sends the headers with every answer of the operation. */
export function announce({ since, sunset, page }: Deprecation): MiddlewareHandler {
  return async (c, next) => {
    c.header('Deprecation', `@${Math.floor(since.getTime() / 1_000)}`)
    c.header('Sunset', sunset.toUTCString())
    c.header('Link', `<${page}>; rel="deprecation"`)
    await next()
  }
}
