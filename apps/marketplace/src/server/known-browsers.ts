import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { Dependencies } from '../marketplace.ts'
import type { Asked } from './ask-auth.ts'
import { isHttps } from './auth.ts'
import { digestOf } from './digest.ts'

const COOKIE = 'droplock.known'

/** As long as browsers keep a cookie that is not set anew. Seconds. */
const AGE_SECONDS_MAX = 400 * 86_400

/**
 * The browsers in which a person has signed in, or chosen a password by the link of a mail. Their attempts are counted by themselves: a
 * stranger who guesses at an address from elsewhere does not keep its person out.
 */
export type KnownBrowsers = {
  /** By what the attempts at an address are counted that come from this browser. */
  readonly countedAs: (c: Asked, email: string) => Promise<string>
  readonly remember: (c: Asked, email: string) => Promise<void>
  /** Whose new password the link of a mail chooses; undefined of one that is not valid. */
  readonly addressOfLink: (token: string) => Promise<string | undefined>
}

export function openKnownBrowsers({
  ctx,
  settings: { origin, secret },
}: Pick<Dependencies, 'ctx' | 'settings'>): KnownBrowsers {
  const prefix = isHttps(origin) ? { prefix: 'host' as const } : {}
  /** The address, not to be read, and the browser. */
  const known = async (c: Asked) => {
    const text = await getSignedCookie(c, secret, COOKIE, prefix.prefix)
    return typeof text === 'string' ? text.split(' ') : []
  }
  return {
    countedAs: async (c, email) => {
      const digest = digestOf(email)
      const [whose, browser] = await known(c)
      return whose === digest && browser !== undefined ? `sign-in ${digest} ${browser}` : `sign-in ${digest}`
    },
    remember: async (c, email) => {
      const digest = digestOf(email)
      const [whose, browser] = await known(c)
      const value = `${digest} ${whose === digest && browser !== undefined ? browser : ctx.newId()}`
      await setSignedCookie(c, COOKIE, value, secret, {
        ...prefix,
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure: isHttps(origin),
        maxAge: AGE_SECONDS_MAX,
      })
    },
    addressOfLink: async (token) => {
      const found = await ctx.db
        .selectFrom('member_verification')
        .innerJoin('member', (join) =>
          join.on((eb) => eb(eb.cast('member.id', 'text'), '=', eb.ref('value'))),
        )
        .select('email')
        .where('identifier', '=', `reset-password:${token}`)
        .executeTakeFirst()
      return found?.email
    },
  }
}
