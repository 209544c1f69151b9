import type { MiddlewareHandler } from 'hono'

/** For answers that are about one caller at one moment. */
export const uncached: MiddlewareHandler = async (c, next) => {
  c.header('Cache-Control', 'no-store')
  await next()
}
