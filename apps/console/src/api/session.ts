import type { AuthProvider } from 'react-admin'
import type { Api } from './api.ts'
import { problemOf } from './problem.ts'
import type { Me, Session } from './types.ts'

export type SessionStore = {
  /** Who is signed in; asked of the server once. Throws ProblemError when nobody is. */
  current(): Promise<Me>
  signIn(email: string, password: string): Promise<void>
  signOut(): Promise<void>
  /** The server no longer knows the session. */
  forget(): void
}

export function makeSessionStore(api: Api): SessionStore {
  let known: Promise<Me> | undefined

  function keep({ staff, csrf_token }: Session): Me {
    api.setCsrfToken(csrf_token)
    return staff
  }

  function forget(): void {
    known = undefined
    api.setCsrfToken(undefined)
  }

  async function ask(): Promise<Me> {
    try {
      return keep(await api.get<Session>('session'))
    } catch (error) {
      forget()
      throw error
    }
  }

  return {
    current: () => (known ??= ask()),
    signIn: async (email, password) => {
      known = Promise.resolve(keep(await api.post<Session>('session', { email, password })))
    },
    signOut: async () => {
      if (known === undefined) return
      // Whatever the answer, this page forgets; a session that has ended already cannot be ended again.
      await api.delete('session').catch(() => undefined)
      forget()
    },
    forget,
  }
}

/** Codes after which this page's session is of no more use: it ended, or another tab signed somebody else in. */
const sessionEnded: ReadonlySet<string> = new Set(['session_required', 'csrf_token_invalid'])

/** Everything about who is signed in comes from the server's session; nothing of it is kept in the browser. */
export function makeAuthProvider(session: SessionStore): AuthProvider {
  return {
    login: ({ email, password }: { email: string; password: string }) => session.signIn(email, password),
    logout: () => session.signOut(),
    checkAuth: async () => void (await session.current()),
    checkError: async (error: unknown) => {
      if (!sessionEnded.has(problemOf(error).code)) return
      session.forget()
      throw error
    },
    getIdentity: async () => {
      const { id, name } = await session.current()
      return { id, fullName: name }
    },
    getPermissions: () => session.current(),
  }
}
