import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { Dependencies } from '../marketplace.ts'
import type { Asked } from './ask-auth.ts'
import { isHttps } from './auth.ts'

/** A cookie that scripts cannot read, and that only this service can have written. */
export type SignedCookie = {
  /** Undefined where there is none, or it was written by somebody else. */
  readonly read: (c: Asked) => Promise<string | undefined>
  readonly write: (c: Asked, value: string) => Promise<void>
}

type SignedCookieOptions = {
  readonly name: string
  /** From each writing. Seconds. */
  readonly ageSecondsMax: number
}

/** With https the browser binds it to this host (RFC 6265bis §4.1.3.2). */
export function openSignedCookie(
  { origin, secret }: Pick<Dependencies['settings'], 'origin' | 'secret'>,
  { name, ageSecondsMax }: SignedCookieOptions,
): SignedCookie {
  const prefix = isHttps(origin) ? { prefix: 'host' as const } : {}
  return {
    read: async (c) => (await getSignedCookie(c, secret, name, prefix.prefix)) || undefined,
    write: (c, value) =>
      setSignedCookie(c, name, value, secret, {
        ...prefix,
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure: isHttps(origin),
        maxAge: ageSecondsMax,
      }),
  }
}
