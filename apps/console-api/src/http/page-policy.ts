import type { MiddlewareHandler } from 'hono'

/** Everything is loaded from this server. The style library of the console adds style elements, hence `unsafe-inline`. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** What the page may load. Other answers load nothing: `safeHeaders` in `packages/http`. */
export const pagePolicy: MiddlewareHandler = async (c, next) => {
  c.header('Content-Security-Policy', contentSecurityPolicy)
  c.header('Referrer-Policy', 'same-origin')
  await next()
}
