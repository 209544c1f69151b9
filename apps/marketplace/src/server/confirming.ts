import { verifyJWT } from 'better-auth/crypto'
import { getSignedCookie, setSignedCookie } from 'hono/cookie'
import type { Dependencies } from '../marketplace.ts'
import type { Asked } from './ask-auth.ts'
import { isHttps } from './auth.ts'

const COOKIE = 'droplock.signing_up'

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

export function openConfirming({
  ctx,
  settings: { origin, secret },
}: Pick<Dependencies, 'ctx' | 'settings'>): Confirming {
  const prefix = isHttps(origin) ? { prefix: 'host' as const } : {}
  const expect = (c: Asked, memberId: string) =>
    setSignedCookie(c, COOKIE, memberId, secret, {
      ...prefix,
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: isHttps(origin),
      maxAge: AGE_SECONDS_MAX,
    })
  /** Of a sign-up. A change of address is asked for by who is signed in, and proven at both addresses. */
  const claimsOf = async (token: string) => {
    const claims = await verifyJWT<Claims>(token, secret)
    return claims === null || claims.updateTo !== undefined ? undefined : claims
  }
  return {
    expect,
    expectAddress: async (c, email) => {
      const member = await ctx.db
        .selectFrom('member')
        .select('id')
        .where('email', '=', email.toLowerCase())
        .executeTakeFirst()
      if (member !== undefined) await expect(c, member.id)
    },
    needsPassword: async (c, token) => {
      const claims = await claimsOf(token)
      if (claims === undefined) return false
      return (await getSignedCookie(c, secret, COOKIE, prefix.prefix)) !== claims.userId
    },
    addressOf: async (token) => (await claimsOf(token))?.email,
  }
}

/** As better-auth writes them. */
type Claims = { readonly email: string; readonly userId?: string; readonly updateTo?: string }
