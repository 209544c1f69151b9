import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const name = 'droplock_session'

/**
 * Read by no script and sent to this site only. Behind https it has the prefix `__Host-`: no sub-domain and no plain-text
 * page can set it (RFC 6265bis §4.1.3.2). It ends with the browser, and the session it names by the database.
 */
const attributes = { path: '/', httpOnly: true, sameSite: 'Strict' } as const

export function readToken(c: Context, secure: boolean): string | undefined {
  return secure ? getCookie(c, name, 'host') : getCookie(c, name)
}

export function giveToken(c: Context, secure: boolean, token: string): void {
  if (secure) setCookie(c, name, token, { ...attributes, secure, prefix: 'host' })
  else setCookie(c, name, token, attributes)
}

export function takeToken(c: Context, secure: boolean): void {
  if (secure) deleteCookie(c, name, { ...attributes, secure, prefix: 'host' })
  else deleteCookie(c, name, attributes)
}
