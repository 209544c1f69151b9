import { createHash, createHmac, randomBytes } from 'node:crypto'
import { CHALLENGE_SECONDS_MAX, DEVICE_SECONDS_MAX, PROVIDER_SECONDS_MAX } from '@droplock/rules/staff'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/**
 * That of the session ends with the browser; the database ends the session itself. That of the device stays after the
 * session, so that the next sign-in is recognised as one from a known device. That of a challenge continues a sign-in that needs a code,
 * and opens nothing else. That of the identity provider has the question that it was asked, encrypted; it alone comes with the provider's
 * answer, which another site sends the browser to.
 */
const cookies = {
  session: { name: 'droplock_session', maxAge: undefined, sameSite: 'Strict' },
  device: { name: 'droplock_device', maxAge: DEVICE_SECONDS_MAX, sameSite: 'Strict' },
  challenge: { name: 'droplock_challenge', maxAge: CHALLENGE_SECONDS_MAX, sameSite: 'Strict' },
  provider: { name: 'droplock_provider', maxAge: PROVIDER_SECONDS_MAX, sameSite: 'Lax' },
} as const

type Kind = keyof typeof cookies

/**
 * Not readable by scripts, and sent to this site only. Behind https it has the prefix `__Host-`: no subdomain and no unencrypted
 * page can set it (RFC 6265bis §4.1.3.2).
 */
const attributes = { path: '/', httpOnly: true } as const

export function readToken(c: Context, kind: Kind, secure: boolean): string | undefined {
  const { name } = cookies[kind]
  return secure ? getCookie(c, name, 'host') : getCookie(c, name)
}

export function setToken(c: Context, kind: Kind, secure: boolean, token: string): void {
  const { name, maxAge, sameSite } = cookies[kind]
  const all = { ...attributes, sameSite, ...(maxAge !== undefined && { maxAge }) }
  if (secure) setCookie(c, name, token, { ...all, secure, prefix: 'host' })
  else setCookie(c, name, token, all)
}

export function deleteToken(c: Context, kind: Kind, secure: boolean): void {
  const { name, sameSite } = cookies[kind]
  if (secure) deleteCookie(c, name, { ...attributes, sameSite, secure, prefix: 'host' })
  else deleteCookie(c, name, { ...attributes, sameSite })
}

/** Cannot be guessed. */
const TOKEN_BYTES = 32

/** A new session token. It lives in the browser's cookie; the database has its SHA-256. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

/** Derived, so that a reloaded page gets it again although the database has only its SHA-256. */
export function csrfTokenOf(token: string): string {
  return createHmac('sha256', token).update('csrf').digest('base64url')
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
