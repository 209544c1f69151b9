import type { Api } from './api.ts'
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
