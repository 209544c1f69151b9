import { getSession, Session, signIn, signOut } from '@droplock/contracts/console/session'
import type { StaffActor } from '@droplock/core/context'
import { signIn as openSession } from '@droplock/core/staff/sign-in'
import { signOut as endSession } from '@droplock/core/staff/sign-out'
import { reply } from '@droplock/http/reply'
import { hashPassword } from '@droplock/passwords/hash'
import { verifyPassword } from '@droplock/passwords/verify'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import { giveToken, takeToken } from '../sessions/cookie.ts'
import { csrfTokenOf, newToken, sha256 } from '../sessions/token.ts'

export function routeSession(app: ConsoleApi, { ctx, settings }: Dependencies): void {
  // Of a password that nobody knows, made when it is first needed: 30 ms that tests and restarts need not spend.
  let decoy: Promise<string> | undefined

  app.openapi(signIn, async (c) => {
    const token = newToken()
    decoy ??= hashPassword(newToken())
    const { actor, expiresAt } = await openSession(ctx, {
      ...c.req.valid('json'),
      verify: verifyPassword,
      decoyHash: await decoy,
      tokenSha256: sha256(token),
      csrfSha256: sha256(csrfTokenOf(token)),
    })
    c.var.event.add({ staff_id: actor.staffId, session_id: actor.sessionId })
    giveToken(c, settings.secure, token)
    return reply(c, 200, Session, presentSession(actor, token, expiresAt))
  })

  app.openapi(getSession, (c) =>
    reply(c, 200, Session, presentSession(c.var.ctx.actor, c.var.token, c.var.expiresAt)),
  )

  app.openapi(signOut, async (c) => {
    await endSession(c.var.ctx)
    takeToken(c, settings.secure)
    return c.body(null, 204)
  })
}

function presentSession({ staffId: id, email, name, roles }: StaffActor, token: string, expiresAt: Date) {
  return {
    staff: { id, email, name, roles: [...roles] },
    csrf_token: csrfTokenOf(token),
    expires_at: expiresAt.toISOString(),
  }
}
