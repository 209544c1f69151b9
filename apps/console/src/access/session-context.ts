import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Interruption } from '../api/interruptions.ts'
import type { SessionStore } from '../api/session.ts'

const Context = createContext<SessionStore | undefined>(undefined)

export const SessionProvider = Context.Provider

/** The session of this page. */
export function useSession(): SessionStore {
  const session = useContext(Context)
  if (session === undefined) throw new Error('The session is provided by App.')
  return session
}

/** What the person is asked before requests go on; `undefined`: nothing. */
export function useInterruption(): Interruption | undefined {
  const { interruptions } = useSession()
  return useSyncExternalStore(interruptions.subscribe, interruptions.current)
}
