import { forgetDevices, getSession, Session, signIn, signOut } from '@droplock/contracts/console/session'
import type { StaffActor } from '@droplock/core/context'
import { forgetDevices as forgetAllDevices, isKnownDevice } from '@droplock/core/staff/devices'
import { signIn as openSession } from '@droplock/core/staff/sign-in'
import { signOut as endSession } from '@droplock/core/staff/sign-out'
import { reply } from '@droplock/http/reply'
import { sourceFrom } from '@droplock/http/source'
import { openTurns } from '@droplock/http/turns'
import { wire } from '@droplock/http/wire'
import { hashPassword, verifyPassword } from '@droplock/passwords/passwords'
import { Refusal } from '@droplock/rules/refusals'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import { csrfTokenOf, deleteToken, newToken, readToken, setToken, sha256 } from '../http/session-cookies.ts'

/**
 * Verifying a password costs some 30 ms of a core and 19 MiB, so few are verified at once and few wait. Sign-ins from unknown devices
 * are verified one after the other, which is still 30 a second; of one source at most eight wait, so that it cannot block the others.
 */
const UNKNOWN_DEVICES = { atOnceMax: 1, waitingMax: 32, ofOneMax: 8 }

/** Sign-ins from known devices do not wait for those from unknown ones. */
const KNOWN_DEVICES = { atOnceMax: 2, waitingMax: 32, ofOneMax: 4 }

export function routeSession(app: ConsoleApi, { ctx, settings }: Dependencies): void {
  const { secure } = settings
  const [unknown, known] = [openTurns(UNKNOWN_DEVICES, tooMany), openTurns(KNOWN_DEVICES, tooMany)]
  // The hash of a password that nobody knows. Made when it is first needed, as it takes 30 ms.
  let decoy: Promise<string> | undefined

  app.openapi(signIn, async (c) => {
    const { email, password } = c.req.valid('json')
    const source = sourceFrom(c.env)
    const device = readToken(c, 'device', secure)
    const deviceSha256 = device === undefined ? undefined : sha256(device)
    const isKnown = deviceSha256 !== undefined && (await isKnownDevice(ctx, { email, deviceSha256 }))
    c.var.event.add({ known_device: isKnown })
    const end = await (isKnown ? known.take(device) : unknown.take(source))
    try {
      const [token, newDevice] = [newToken(), newToken()]
      decoy ??= hashPassword(newToken())
      const { actor, expiresAt, deviceWasKnown } = await openSession(ctx, {
        email,
        password,
        source,
        deviceSha256,
        verify: verifyPassword,
        decoyHash: await decoy,
        tokenSha256: sha256(token),
        csrfSha256: sha256(csrfTokenOf(token)),
        newDeviceSha256: sha256(newDevice),
      })
      c.var.event.add({ staff_id: actor.staffId, session_id: actor.sessionId })
      setToken(c, 'session', secure, token)
      setToken(c, 'device', secure, deviceWasKnown && device !== undefined ? device : newDevice)
      return reply(c, 200, Session, presentSession(actor, token, expiresAt))
    } finally {
      end()
    }
  })

  app.openapi(getSession, (c) =>
    reply(c, 200, Session, presentSession(c.var.ctx.actor, c.var.token, c.var.expiresAt)),
  )

  app.openapi(signOut, async (c) => {
    await endSession(c.var.ctx)
    deleteToken(c, 'session', secure)
    return c.body(null, 204)
  })

  app.openapi(forgetDevices, async (c) => {
    await forgetAllDevices(c.var.ctx)
    deleteToken(c, 'device', secure)
    return c.body(null, 204)
  })
}

/** The same answer for everyone, before anything is read. */
function tooMany(): Refusal {
  return new Refusal(
    'unavailable',
    'Too many people are signing in at the moment. Try again in a few seconds.',
  )
}

function presentSession({ staffId: id, email, name, roles }: StaffActor, token: string, expiresAt: Date) {
  return wire({ staff: { id, email, name, roles }, csrfToken: csrfTokenOf(token), expiresAt })
}
