import type { AuthProvider } from 'react-admin'
import type { Api } from './api.ts'
import { problemOf } from './problem.ts'
import type { Me, Session } from './types.ts'

type SessionStore = {
  /** The person who is signed in, read from the server once. Throws ProblemError when nobody is. */
  current(): Promise<Me>
  signIn(email: string, password: string): Promise<void>
  signOut(): Promise<void>
  /** The session has ended on the server. */
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
      // The page forgets the session whatever the answer: a session that has ended already cannot be ended again.
      await api.delete('session').catch(() => undefined)
      forget()
    },
    forget,
  }
}

/** Codes that end this page's session: it expired, or another person signed in in another tab. */
const sessionEnded: ReadonlySet<string> = new Set(['session_required', 'csrf_token_invalid'])

/** Reads who is signed in from the server's session. The browser stores nothing of it. */
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
