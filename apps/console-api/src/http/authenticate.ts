import { authenticateSession } from '@droplock/core/staff/authenticate'
import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Dependencies, Environment } from '../console-api.ts'
import { readToken } from '../sessions/cookie.ts'
import { sha256 } from '../sessions/token.ts'

/** Finds whose session the cookie names. Throws Refusal('session_required'). */
export function authenticate({ ctx, settings }: Dependencies): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const token = readToken(c, 'session', settings.secure)
    const session = token === undefined ? undefined : await authenticateSession(ctx, sha256(token))
    if (token === undefined || session === undefined) {
      throw new Refusal('session_required', 'Nobody is signed in here, or the session has ended.')
    }
    c.set('ctx', { ...ctx, actor: session.actor })
    c.set('token', token)
    c.set('expiresAt', session.expiresAt)
    c.var.event.add({ staff_id: session.actor.staffId, session_id: session.actor.sessionId })
    await next()
  }
}
