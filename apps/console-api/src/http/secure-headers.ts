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

/** A year, as preload lists require. */
const HTTPS_ONLY_SECONDS = 31_536_000

/** Headers that forbid the browser to load anything from elsewhere, to guess media types, and to show the console in a frame. */
export function secureHeaders(secure: boolean): MiddlewareHandler {
  return async (c, next) => {
    c.header('Content-Security-Policy', contentSecurityPolicy)
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Referrer-Policy', 'same-origin')
    c.header('Cross-Origin-Opener-Policy', 'same-origin')
    c.header('Cross-Origin-Resource-Policy', 'same-origin')
    if (secure) c.header('Strict-Transport-Security', `max-age=${HTTPS_ONLY_SECONDS}`)
    await next()
  }
}
