import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Settings } from '../marketplace.ts'

/**
 * Stripe's fields are frames of its own, and so is the question of a payer's bank: a card number never reaches this page or server. What
 * Stripe requires of a page's policy: docs.stripe.com/security/guide.
 */
const STRIPE_SCRIPTS = 'https://js.stripe.com https://*.js.stripe.com'
const STRIPE_FRAMES = `${STRIPE_SCRIPTS} https://hooks.stripe.com`
const STRIPE_API = 'https://api.stripe.com'

/** What a page may load. Other answers load nothing: `safeHeaders` in `packages/http`. */
export function pagePolicyOf({ stripeKey }: Pick<Settings, 'stripeKey'>): string {
  const stripe = (source: string) => (stripeKey === undefined ? '' : ` ${source}`)
  return [
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
