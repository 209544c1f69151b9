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
  { origin, secrets }: Pick<Dependencies['settings'], 'origin' | 'secrets'>,
  { name, ageSecondsMax }: SignedCookieOptions,
): SignedCookie {
  const prefix = isHttps(origin) ? { prefix: 'host' as const } : {}
  return {
    read: async (c) => {
      for (const secret of secrets) {
        const value = await getSignedCookie(c, secret, name, prefix.prefix)
        if (value) return value
      }
      return undefined
    },
    write: (c, value) =>
      setSignedCookie(c, name, value, secrets[0], {
        ...prefix,
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure: isHttps(origin),
        maxAge: ageSecondsMax,
      }),
  }
}
