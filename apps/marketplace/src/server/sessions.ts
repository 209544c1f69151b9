import type { Context } from '@droplock/core/context'
import { type MemberSession, renewSessionKey } from '@droplock/core/members/session-key'
import type { Auth } from './auth.ts'
import type { Keys } from './keys.ts'

/** A session's key is renewed when less than this is left of it. Milliseconds. */
const RENEW_BEFORE_MS = 300_000

/** Sessions remembered with their keys: each is some hundred octets. */
const SESSIONS_MAX = 20_000

export type Sessions = {
  /** The session that a request's cookie names, with a key that is valid for some minutes; undefined without one. */
  readonly of: (headers: Headers) => Promise<MemberSession | undefined>
  /** Forgets what is known of a person, because their role or account has changed or the gateway refused their key. */
  readonly forget: (memberId: string) => void
}

/** Sessions as better-auth has them, and for each the key by which the pages act at the gateway. */
export function openSessions(ctx: Context, auth: Auth, keys: Keys): Sessions {
  const known = new Map<string, MemberSession>()
  const remember = (sessionId: string, session: MemberSession) => {
    if (known.size >= SESSIONS_MAX) for (const oldest of [...known.keys()].slice(0, 1)) known.delete(oldest)
    known.set(sessionId, session)
    return session
  }
  return {
    of: async (headers) => {
      const signedIn = await auth.getSession(headers).catch(throwCause)
      if (signedIn === null) return undefined
      const { id } = signedIn.session
      const { email, name, accountId, role, termsVersion } = signedIn.user
      const session = known.get(id)
      const isNew = session === undefined || session.keyExpiresAt.getTime() - Date.now() < RENEW_BEFORE_MS
      // Another server may have changed the person meanwhile.
      if (!isNew && session.accountId === accountId && session.role === role)
        return { ...session, email, name, termsVersion }
      const newKeyId = keys.idFrom(ctx.newId())
      const renewed = await renewSessionKey(ctx, { sessionId: id, newKeyId, keySha256Of: keys.sha256Of })
      // Operators may end a suspension at any time.
      return renewed.isSuspended ? renewed : remember(id, renewed)
    },
    forget: (memberId) => {
      for (const [id, session] of known) if (session.memberId === memberId) known.delete(id)
    },
  }
}

/** better-auth says of every failure that it could not read the session: what it failed by says whether the database can be reached. */
function throwCause(error: unknown): never {
  throw error instanceof Error && error.cause !== undefined ? error.cause : error
}
