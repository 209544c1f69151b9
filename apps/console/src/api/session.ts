import type { AuthProvider } from 'react-admin'
import type { Api } from './api.ts'
import { type Interruptions, makeInterruptions } from './interruptions.ts'
import { type ProblemBody, problemOf } from './problem.ts'
import type { Me, Session } from './types.ts'

export type SignInStep = 'signed_in' | 'code_needed'

export type Proof = { readonly password?: string; readonly code?: string }

export type SessionStore = {
  /** The person who is signed in, read from the server once. Throws ProblemError when nobody is. */
  current(): Promise<Me>
  /** Reads it again, after a change of what the session may do. */
  reread(): Promise<void>
  signIn(email: string, password: string): Promise<SignInStep>
  /** Completes a sign-in that needs a code. */
  signInByCode(code: string): Promise<void>
  prove(proof: Proof): Promise<void>
  /** Goes on with the session as it is after a sign-in or a proof in another window. */
  follow(): Promise<void>
  signOut(): Promise<void>
  /** The session has ended on the server. */
  forget(): void
  /** Gives up the page and what was typed on it, for somebody else to sign in. */
  leave(): void
  /** What the person is asked, over the page that is open. */
  readonly interruptions: Interruptions
}

/** `reset` opens the console anew: nothing of an earlier person's page stays. */
export function makeSessionStore(api: Api, reset: () => void): SessionStore {
  const interruptions = makeInterruptions()
  let known: Promise<Me> | undefined

  function keep({ staff, csrf_token, must_enrol, proof }: Session): Me {
    api.setCsrfToken(csrf_token)
    return { ...staff, must_enrol, proof }
  }

  function forget(): void {
    known = undefined
    api.setCsrfToken(undefined)
  }

  /** Goes on with a session that was opened while a page is open. Another person gets a page of their own. */
  async function accept(session: Session): Promise<void> {
    const before = await known?.catch(() => undefined)
    const me = keep(session)
    known = Promise.resolve(me)
    if (before === undefined) return
    if (before.id === me.id) interruptions.end(true)
    else reset()
  }

  async function ask(): Promise<Me> {
    try {
      return keep(await api.get<Session>('session'))
    } catch (error) {
      forget()
      throw error
    }
  }

  api.onRefusal(makeRecovery(api, { interruptions, known: async () => known, accept, reset }))

  return {
    interruptions,
    current: () => (known ??= ask()),
    reread: async () => {
      known = ask()
      await known
    },
    signIn: async (email, password) => {
      const answer = await api.post<Session | object>('session', { email, password })
      if (!('csrf_token' in answer)) return 'code_needed'
      await accept(answer)
      return 'signed_in'
    },
    signInByCode: async (code) => accept(await api.post<Session>('session/code', { code })),
    follow: async () => accept(await api.get<Session>('session')),
    prove: async (proof) => accept(await api.post<Session>('session/proof', proof)),
    signOut: async () => {
      if (known === undefined) return
      // The page forgets the session whatever the answer: a session that has ended already cannot be ended again.
      await api.delete('session').catch(() => undefined)
      forget()
    },
    forget,
    leave: () => {
      forget()
      reset()
    },
  }
}

type Page = {
  readonly interruptions: Interruptions
  readonly known: () => Promise<Me | undefined>
  readonly accept: (session: Session) => Promise<void>
  readonly reset: () => void
}

/** Says whether a refused request can be sent again. Requests that are refused meanwhile wait for the same answer. */
function makeRecovery(api: Api, { interruptions, known, accept, reset }: Page) {
  let recovery: Promise<boolean> | undefined

  async function recoverFrom({ code }: ProblemBody): Promise<boolean> {
    const before = await known().catch(() => undefined)
    if (before === undefined) return false
    if (code === 'step_up_required') return interruptions.begin('step_up', before)
    // The installation requires more than it did when the page was opened.
    if (code === 'second_factor_required' && !before.must_enrol) reset()
    if (!sessionEnded.has(code)) return false
    // Another tab may have signed in.
    try {
      const session = await api.get<Session>('session')
      await accept(session)
      return session.staff.id === before.id
    } catch (error) {
      return problemOf(error).code === 'session_required' ? interruptions.begin('sign_in', before) : false
    }
  }

  return (problem: ProblemBody): Promise<boolean> => {
    recovery ??= recoverFrom(problem).finally(() => (recovery = undefined))
    return recovery
  }
}

/** Codes that end this page's session: it expired, or another person signed in in another tab. */
const sessionEnded: ReadonlySet<string> = new Set(['session_required', 'csrf_token_invalid'])

/** Reads who is signed in from the server's session. The browser stores nothing of it. */
export function makeAuthProvider(session: SessionStore): AuthProvider {
  return {
    // The sign-in page has signed in already, in one step or two.
    login: async () => void (await session.current()),
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
