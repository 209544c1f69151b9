import type { MiddlewareHandler } from 'hono'

/** Everything comes from this server. The console's style library writes its styles as elements, hence `unsafe-inline`. */
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

/** A year, as preload lists ask for. Seconds. */
const httpsOnlySeconds = 31_536_000

/** Tells the browser to load nothing from elsewhere, guess no media types and show the console in nobody's frame. */
export function secureHeaders(secure: boolean): MiddlewareHandler {
  return async (c, next) => {
    c.header('Content-Security-Policy', contentSecurityPolicy)
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Referrer-Policy', 'same-origin')
    c.header('Cross-Origin-Opener-Policy', 'same-origin')
    c.header('Cross-Origin-Resource-Policy', 'same-origin')
    if (secure) c.header('Strict-Transport-Security', `max-age=${httpsOnlySeconds}`)
    await next()
  }
}
