import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Settings } from '../marketplace.ts'

/** A year, as preload lists require. */
const HTTPS_ONLY_SECONDS = 31_536_000

/**
 * Stripe's fields are frames of its own, and so is the question of a payer's bank: a card number never reaches this page or server. What
 * Stripe requires of a page's policy: docs.stripe.com/security/guide.
 */
const STRIPE_SCRIPTS = 'https://js.stripe.com https://*.js.stripe.com'
const STRIPE_FRAMES = `${STRIPE_SCRIPTS} https://hooks.stripe.com`
const STRIPE_API = 'https://api.stripe.com'

/** Headers that forbid the browser to load anything from elsewhere, to guess media types, and to show the pages in a frame. */
export function secureHeaders({
  origin,
  stripeKey,
}: Pick<Settings, 'origin' | 'stripeKey'>): MiddlewareHandler {
  const stripe = (source: string) => (stripeKey === undefined ? '' : ` ${source}`)
  const policy = [
    "default-src 'none'",
    `script-src 'self'${stripe(STRIPE_SCRIPTS)}`,
    // The library of components adds style elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${stripe(STRIPE_API)}`,
    `frame-src ${stripeKey === undefined ? "'none'" : STRIPE_FRAMES}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
  return async (c, next) => {
    await next()
    // Afterwards: an answer that is passed on from the gateway is a new one, without what was set before.
    c.header('Content-Security-Policy', policy)
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Referrer-Policy', 'same-origin')
    c.header('Cross-Origin-Opener-Policy', 'same-origin')
    if (origin.startsWith('https:')) c.header('Strict-Transport-Security', `max-age=${HTTPS_ONLY_SECONDS}`)
  }
}

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * What changes something comes from our own pages: browsers send `Origin` with every such request, and scripts of other sites cannot forge
 * it. Beside it the cookie is `SameSite=Lax`. Throws Refusal('csrf_token_invalid').
 */
export function requireSameOrigin(origin: string): MiddlewareHandler {
  return async (c, next) => {
    if (!safe.has(c.req.method) && c.req.header('Origin') !== origin)
      throw new Refusal('csrf_token_invalid', 'This request did not come from our pages.')
    await next()
  }
}
