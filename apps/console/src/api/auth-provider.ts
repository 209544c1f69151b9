import type { AuthProvider } from 'react-admin'
import { problemOf } from './problem.ts'
import type { SessionStore } from './session.ts'

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
