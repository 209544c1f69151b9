import { createHash } from 'node:crypto'
import type { Dependencies } from '../marketplace.ts'
import type { Asked } from './ask-auth.ts'
import { digestOf } from './digest.ts'
import { openSignedCookie } from './signed-cookie.ts'

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

export function openKnownBrowsers({ ctx, settings }: Pick<Dependencies, 'ctx' | 'settings'>): KnownBrowsers {
  const cookie = openSignedCookie(settings, { name: 'droplock.known', ageSecondsMax: AGE_SECONDS_MAX })
  /** The id of this browser, where the person with the address has used it; the cookie has the address so that it cannot be read. */
  const browserOf = async (c: Asked, digest: string) => {
    const [whose, browser] = (await cookie.read(c))?.split(' ') ?? []
    return whose === digest ? browser : undefined
  }
  return {
    countedAs: async (c, email) => {
      const digest = digestOf(email)
      const browser = await browserOf(c, digest)
      return browser === undefined ? `sign-in ${digest}` : `sign-in ${digest} ${browser}`
    },
    remember: async (c, email) => {
      const digest = digestOf(email)
      await cookie.write(c, `${digest} ${(await browserOf(c, digest)) ?? ctx.newId()}`)
    },
    addressOfLink: async (token) => {
      const found = await ctx.db
        .selectFrom('member_verification')
        .innerJoin('member', (join) =>
          join.on((eb) => eb(eb.cast('member.id', 'text'), '=', eb.ref('value'))),
        )
        .select('email')
        .where('identifier', '=', storedIdentifier(`reset-password:${token}`))
        .executeTakeFirst()
      return found?.email
    },
  }
}

/** As better-auth keeps it (`storeIdentifier: 'hashed'`). */
function storedIdentifier(identifier: string): string {
  return createHash('sha256').update(identifier).digest('base64url')
}
