import { countRequest, type RequestLimit } from '@droplock/core/members/count-request'
import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { Dependencies } from '../marketplace.ts'
import type { Asked } from './ask-auth.ts'
import { isHttps } from './auth.ts'
import { digestOf } from './digest.ts'

const COOKIE = 'droplock.known'

/** Somebody who comes back after a summer is known. Seconds. */
const AGE_SECONDS_MAX = 90 * 86_400

/** Guesses at the password of one address from a browser that it is known from; further ones are counted as a stranger's. */
const ownGuesses: RequestLimit = { max: 10, windowSeconds: 3_600 }

/** Guesses at the password of one address from all other browsers, wherever they are; each source has fewer. */
const strangersGuesses: RequestLimit = { max: 100, windowSeconds: 3_600 }

/**
 * Browsers in which an address was signed in with before. Their guesses are counted apart, so that strangers who guess at an address, from
 * however many places, do not keep its owner out.
 */
export type KnownBrowsers = {
  /** This browser has shown that it is the address's owner's. */
  readonly remember: (c: Asked, email: string) => Promise<void>
  /** Counts a guess at the address's password. Returns whether it may be made. */
  readonly count: (c: Asked, email: string) => Promise<boolean>
}

export function openKnownBrowsers({
  ctx,
  settings: { origin, secret },
}: Pick<Dependencies, 'ctx' | 'settings'>): KnownBrowsers {
  const prefix = isHttps(origin) ? { prefix: 'host' as const } : {}
  /** The id of this browser, where it is known from the address. */
  const idOf = async (c: Asked, email: string) => {
    const value = await getSignedCookie(c, secret, COOKIE, prefix.prefix)
    const [id, of] = value ? value.split(' ') : []
    return of === digestOf(email) ? id : undefined
  }
  return {
    remember: async (c, email) => {
      const id = (await idOf(c, email)) ?? ctx.newId()
      await setSignedCookie(c, COOKIE, `${id} ${digestOf(email)}`, secret, {
        ...prefix,
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
        secure: isHttps(origin),
        maxAge: AGE_SECONDS_MAX,
      })
    },
    count: async (c, email) => {
      const key = `sign-in ${digestOf(email)}`
      const id = await idOf(c, email)
      if (id !== undefined && (await countRequest(ctx, `${key} ${id}`, ownGuesses))) return true
      return countRequest(ctx, key, strangersGuesses)
    },
  }
}
