import { DEVICE_SECONDS_MAX } from '@droplock/rules/staff'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/**
 * What the browser keeps. The session's cookie ends with the browser, and the session it names by the database; the device's
 * stays after the session, so that the person's next sign-in is told from a stranger's.
 */
const cookies = {
  session: { name: 'droplock_session', maxAge: undefined },
  device: { name: 'droplock_device', maxAge: DEVICE_SECONDS_MAX },
} as const

type Kind = keyof typeof cookies

/**
 * Read by no script and sent to this site only. Behind https it has the prefix `__Host-`: no sub-domain and no plain-text
 * page can set it (RFC 6265bis §4.1.3.2).
 */
const attributes = { path: '/', httpOnly: true, sameSite: 'Strict' } as const

export function readToken(c: Context, kind: Kind, secure: boolean): string | undefined {
  const { name } = cookies[kind]
  return secure ? getCookie(c, name, 'host') : getCookie(c, name)
}

export function giveToken(c: Context, kind: Kind, secure: boolean, token: string): void {
  const { name, maxAge } = cookies[kind]
  const all = { ...attributes, ...(maxAge !== undefined && { maxAge }) }
  if (secure) setCookie(c, name, token, { ...all, secure, prefix: 'host' })
  else setCookie(c, name, token, all)
}

export function takeToken(c: Context, kind: Kind, secure: boolean): void {
  const { name } = cookies[kind]
  if (secure) deleteCookie(c, name, { ...attributes, secure, prefix: 'host' })
  else deleteCookie(c, name, attributes)
}
