import type { Dependencies } from '../marketplace.ts'
import type { Asked } from './ask-auth.ts'
import { claimsIn } from './older-secrets.ts'
import { openSignedCookie } from './signed-cookie.ts'

/** As long as the link. Seconds. */
const AGE_SECONDS_MAX = 86_400

/**
 * Which browser knows the password of an address that is not confirmed yet. The link alone would confirm a stranger's sign-up with the
 * address of somebody who opens it without thinking, and a stranger's password would open their account: so it is enough in the browser of
 * the sign-up, and elsewhere the password is asked for too.
 */
export type Confirming = {
  /** This browser has chosen the password of the person with this id. */
  readonly expect: (c: Asked, memberId: string) => Promise<void>
  /** This browser has typed the password of the person with this address. */
  readonly expectAddress: (c: Asked, email: string) => Promise<void>
  /** Whether the token confirms the address of a new person, and this browser does not know their password. */
  readonly needsPassword: (c: Asked, token: string) => Promise<boolean>
  /** Whose address a token confirms; undefined of one that is forged, expired or for something else. */
  readonly addressOf: (token: string) => Promise<string | undefined>
}

export function openConfirming({ ctx, settings }: Pick<Dependencies, 'ctx' | 'settings'>): Confirming {
  const cookie = openSignedCookie(settings, { name: 'droplock.signing_up', ageSecondsMax: AGE_SECONDS_MAX })
  /** Of a sign-up. A change of address is asked for by who is signed in, and proven at both addresses. */
  const claimsOf = async (token: string) => {
    const claims = await claimsIn<Claims>(token, settings.secrets)
    return claims?.updateTo === undefined ? claims : undefined
  }
  return {
    expect: cookie.write,
    expectAddress: async (c, email) => {
      const member = await ctx.db
        .selectFrom('member')
        .select('id')
        .where('email', '=', email.toLowerCase())
        .executeTakeFirst()
      if (member !== undefined) await cookie.write(c, member.id)
    },
    needsPassword: async (c, token) => {
      const claims = await claimsOf(token)
      if (claims === undefined) return false
      const memberId = await cookie.read(c)
      return memberId === undefined || memberId !== claims.userId
    },
    addressOf: async (token) => (await claimsOf(token))?.email,
  }
}

/** As better-auth writes them. */
type Claims = { readonly email: string; readonly userId?: string; readonly updateTo?: string }
