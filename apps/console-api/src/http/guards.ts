import { timingSafeEqual } from 'node:crypto'
import { followChanges } from '@droplock/contracts/console/changes'
import { requirePermission as requireInCore } from '@droplock/core/context'
import { authenticateSession } from '@droplock/core/staff/authenticate'
import { BACKGROUND_HEADER } from '@droplock/rules/changes'
import { Refusal } from '@droplock/rules/refusals'
import type { Permission } from '@droplock/rules/staff'
import type { Context, MiddlewareHandler } from 'hono'
import type { Dependencies, Environment } from '../console-api.ts'
import { csrfTokenOf, readToken, sha256 } from './session-cookies.ts'

/** Finds the session of the cookie. Throws Refusal('session_required'). */
export function authenticate({ ctx, settings }: Dependencies): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const token = readToken(c, 'session', settings.secure)
    const session =
      token === undefined ? undefined : await authenticateSession(ctx, sha256(token), isByPerson(c.req))
    if (token === undefined || session === undefined) {
      throw new Refusal('session_required', 'You are not signed in, or your session has ended.')
    }
    c.set('ctx', { ...ctx, actor: session.actor })
    c.set('token', token)
    c.set('expiresAt', session.expiresAt)
    c.var.event.add({ staff_id: session.actor.staffId, session_id: session.actor.sessionId })
    await next()
  }
}

/** A stream, and what a window reads again while nobody uses it, do not keep a session from ending for want of activity. */
function isByPerson(request: Context<Environment>['req']): boolean {
  return request.path !== followChanges.path && request.header(BACKGROUND_HEADER) === undefined
}

/** Requires the session's CSRF token, which only our own page knows. Throws Refusal('csrf_token_invalid'). */
export const requireCsrfToken: MiddlewareHandler<Environment> = async (c, next) => {
  const given = c.req.header('X-CSRF-Token') ?? ''
  // Hashed, so that both have the same length and the comparison takes constant time.
  if (!timingSafeEqual(sha256(given), sha256(csrfTokenOf(c.var.token)))) {
    throw new Refusal('csrf_token_invalid', "Send the session's csrf_token in the header X-CSRF-Token.")
  }
  await next()
}

/**
 * Refuses requests that the browser reports as cross-site. Signing in has no CSRF token yet and relies on this; for all other
 * changes it is a second protection. A client that is not a browser sends neither header, and has no cookies to abuse. Throws
 * Refusal('cross_site_request').
 */
export const requireSameSite: MiddlewareHandler = async (c, next) => {
  const site = c.req.header('Sec-Fetch-Site')
  const origin = c.req.header('Origin')
  const isOurs = site === undefined ? isOwnOrigin(origin, c.req.header('Host')) : ownSites.has(site)
  if (!isOurs)
    throw new Refusal('cross_site_request', 'The browser reports that another site sent this request.')
  await next()
}

/** From the same origin, or entered by the user. */
const ownSites: ReadonlySet<string> = new Set(['same-origin', 'none'])

function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/**
 * Requires the permission of the contract before a body is read. The use case checks its permission again: this only avoids
 * reading a 500 MB upload for nothing. Throws Refusal('forbidden').
 */
export function requirePermission(permission: Permission): MiddlewareHandler<Environment> {
  return async (c, next) => {
    requireInCore(c.var.ctx, permission)
    await next()
  }
}

/** Requires the media type of a file, and a declared size within the limit. Throws Refusal: unsupported_media_type, request_too_large. */
export function requireList(bytesMax: number): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const mediaType = c.req.header('Content-Type')?.split(';', 1)[0]?.trim().toLowerCase()
    if (mediaType !== 'application/octet-stream') {
      throw new Refusal(
        'unsupported_media_type',
        'Send the file with Content-Type: application/octet-stream.',
      )
    }
    if (Number(c.req.header('Content-Length') ?? 0) > bytesMax) {
      throw new Refusal('request_too_large', `The file may have at most ${bytesMax} bytes.`, {
        bytes_max: bytesMax,
      })
    }
    await next()
  }
}
