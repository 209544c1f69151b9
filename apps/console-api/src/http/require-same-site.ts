import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'

/**
 * Refuses what a browser says comes from elsewhere. Signing in has no CSRF token yet and relies on this; for all other
 * changes it is a second lock. A caller that is no browser sends neither header, and has no cookies to abuse. Throws
 * Refusal('cross_site_request').
 */
export const requireSameSite: MiddlewareHandler = async (c, next) => {
  const site = c.req.header('Sec-Fetch-Site')
  const origin = c.req.header('Origin')
  const isOurs = site === undefined ? isOwnOrigin(origin, c.req.header('Host')) : ownSites.has(site)
  if (!isOurs) throw new Refusal('cross_site_request', 'The browser says that another site sent this.')
  await next()
}

/** Of the same origin, or typed in by the person. */
const ownSites: ReadonlySet<string> = new Set(['same-origin', 'none'])

function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
