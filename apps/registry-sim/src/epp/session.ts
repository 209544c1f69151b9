import type { Account } from '../registry/account.ts'
import type { Registry } from '../registry/registry.ts'
import type { Answer } from './write-xml.ts'

/** One connection's state. `account` is set between login and its end. */
export type Session = {
  readonly id: string
  readonly registry: Registry
  account: Account | undefined
  extensions: ReadonlySet<string>
  failedLogins: number
}

/** What a command sees of the moment. */
export type Moment = { readonly nowMs: number; readonly clTRID: string | undefined; readonly svTRID: string }

/** `cut`: the connection dies and nothing is answered. */
export type Reply = Answer | 'cut'

export function openSession(id: string, registry: Registry): Session {
  return { id, registry, account: undefined, extensions: new Set(), failedLogins: 0 }
}

/** Gives the session's place back to its account. Safe to call again. */
export function endSession(session: Session): void {
  session.account?.sessions.delete(session.id)
  session.account = undefined
}
