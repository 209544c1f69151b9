import {
  CodeNeeded,
  forgetDevices,
  getSession,
  proveIdentity,
  Session,
  signIn,
  signInByCode,
  signOut,
} from '@droplock/contracts/console/session'
import type { StaffActor, StaffContext } from '@droplock/core/context'
import { forgetDevices as forgetAllDevices, isKnownDevice } from '@droplock/core/staff/devices'
import type { SignedIn } from '@droplock/core/staff/open-session'
import { proveIdentity as prove, readProofMeans } from '@droplock/core/staff/prove-identity'
import { signIn as beginSession } from '@droplock/core/staff/sign-in'
import { signInByCode as completeSession } from '@droplock/core/staff/sign-in-by-code'
import { signOut as endSession } from '@droplock/core/staff/sign-out'
import { reply } from '@droplock/http/reply'
import { sourceFrom } from '@droplock/http/source'
import { wire } from '@droplock/http/wire'
import { Refusal } from '@droplock/rules/refusals'
import type { Context } from 'hono'
import type { ConsoleApi, Dependencies, Environment } from '../console-api.ts'
import { csrfTokenOf, deleteToken, newToken, readToken, setToken, sha256 } from '../http/session-cookies.ts'
import { openVerifications, type Verifications } from '../http/verifications.ts'

export function routeSession(app: ConsoleApi, dependencies: Dependencies): void {
  const { ctx, settings } = dependencies
  const { secure, access, secondFactors: factors } = settings
  const verifications = openVerifications()
  routeOpenSession(app, dependencies, verifications)

  app.openapi(signIn, async (c) => {
    const { email, password } = c.req.valid('json')
    const browser = browserOf(c, secure)
    const { device, deviceSha256 } = browser
    const isKnown = deviceSha256 !== undefined && (await isKnownDevice(ctx, { email, deviceSha256 }))
    c.var.event.add({ known_device: isKnown })
    const by = { device: isKnown ? device : undefined, source: browser.source }
    return verifications.inTurn(by, async (verifier) => {
      const [tokens, challenge] = [newTokens(), newToken()]
      const challengeSha256 = sha256(challenge)
      const attempt = { email, password, ...browser, ...verifier, ...tokens, challengeSha256, policy: access }
      const begun = await beginSession(ctx, attempt)
      if (begun.kind === 'code_needed') {
        setToken(c, 'challenge', secure, challenge)
        return reply(c, 202, CodeNeeded, wire({ expiresAt: begun.expiresAt }))
      }
      giveTokens(c, begun, { tokens, device, secure })
      return reply(c, 200, Session, await presentNew(begun, tokens))
    })
  })

  app.openapi(signInByCode, async (c) => {
    const challenge = readToken(c, 'challenge', secure)
    if (challenge === undefined)
      throw new Refusal('challenge_expired', 'No sign-in has begun in this browser, or it took too long.')
    const browser = browserOf(c, secure)
    const tokens = newTokens()
    const { code } = c.req.valid('json')
    const challengeSha256 = sha256(challenge)
    const attempt = { ...browser, ...tokens, challengeSha256, code, factors, policy: access }
    const signedIn = await completeSession(ctx, attempt)
    deleteToken(c, 'challenge', secure)
    giveTokens(c, signedIn, { tokens, device: browser.device, secure })
    return reply(c, 200, Session, await presentNew(signedIn, tokens))
  })

  const presentNew = ({ actor, expiresAt }: SignedIn, { token }: Tokens) =>
    presentSession({ ...ctx, actor }, token, expiresAt)
}

type Given = {
  readonly tokens: Tokens
  /** The token of the device, where the browser sent one. */
  readonly device: string | undefined
  readonly secure: boolean
}

/** Gives the browser the tokens of its new session. */
export function giveTokens(
  c: Context<Environment>,
  { actor, deviceWasKnown }: SignedIn,
  { tokens: { token, newDevice }, device, secure }: Given,
): void {
  c.var.event.add({ staff_id: actor.staffId, session_id: actor.sessionId })
  setToken(c, 'session', secure, token)
  setToken(c, 'device', secure, deviceWasKnown && device !== undefined ? device : newDevice)
}

/** What is done with a session that is open. */
function routeOpenSession(app: ConsoleApi, { settings }: Dependencies, verifications: Verifications): void {
  const { secure, secondFactors: factors } = settings

  app.openapi(proveIdentity, async (c) => {
    const { password, code } = c.req.valid('json')
    const browser = browserOf(c, secure)
    await verifications.inTurn(browser, (verifier) =>
      prove(c.var.ctx, { ...browser, ...verifier, password, code, factors }),
    )
    return reply(c, 200, Session, await presentSession(c.var.ctx, c.var.token, c.var.expiresAt))
  })

  app.openapi(getSession, async (c) =>
    reply(c, 200, Session, await presentSession(c.var.ctx, c.var.token, c.var.expiresAt)),
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

/** Who asks, as far as the browser's connection and cookies say it. */
export function browserOf(c: Context<Environment>, secure: boolean) {
  const device = readToken(c, 'device', secure)
  return {
    source: sourceFrom(c.env),
    userAgent: c.req.header('User-Agent') ?? '',
    device,
    deviceSha256: device === undefined ? undefined : sha256(device),
  }
}

type Tokens = ReturnType<typeof newTokens>

/** The tokens of a session that may be opened, with their SHA-256. */
export function newTokens() {
  const [token, newDevice] = [newToken(), newToken()]
  return {
    token,
    newDevice,
    tokenSha256: sha256(token),
    csrfSha256: sha256(csrfTokenOf(token)),
    newDeviceSha256: sha256(newDevice),
  }
}

async function presentSession(ctx: StaffContext, token: string, expiresAt: Date) {
  return wire({
    staff: staffOf(ctx.actor),
    csrfToken: csrfTokenOf(token),
    expiresAt,
    mustEnrol: ctx.actor.mustEnrol === true,
    proof: await readProofMeans(ctx),
  })
}

function staffOf({ staffId: id, email, name, roles }: StaffActor) {
  return { id, email, name, roles }
}
