import { timingSafeEqual } from 'node:crypto'
import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Environment } from '../console-api.ts'
import { csrfTokenOf, sha256 } from '../sessions/token.ts'

/** The change comes from a page that knows the session's CSRF token. Throws Refusal('csrf_token_invalid'). */
export const requireCsrfToken: MiddlewareHandler<Environment> = async (c, next) => {
  const given = c.req.header('X-CSRF-Token') ?? ''
  // Hashed, so that both have one length and comparing takes one time.
  if (!timingSafeEqual(sha256(given), sha256(csrfTokenOf(c.var.token)))) {
    throw new Refusal('csrf_token_invalid', "Send the session's csrf_token in the header X-CSRF-Token.")
  }
  await next()
}
