import type { Account } from '../registry/account.ts'
import type { Registry } from '../registry/registry.ts'
import type { Command } from './read-command.ts'
import type { Moment, Session } from './session.ts'
import type { Answer, Element } from './xml.ts'

/** What a command handler gets: the object inside the verb, and the extensions by namespace, all of them allowed. */
export type Context = {
  readonly session: Session
  readonly registry: Registry
  readonly account: Account
  readonly command: Command
  readonly object: Element
  readonly extensions: ReadonlyMap<string, Element>
  readonly moment: Moment
}

/** Decided and not yet done: a fault may come between. Nothing else can, as both happen in one go. */
type Change = { readonly code: 1000 | 1001; commit(): Answer }

/** What became of a command: its code where it was decided, and the fault that injected it. */
export type Outcome = { readonly code?: number; readonly fault?: string }

type Aside = {
  /** The answer leaves this late. */
  readonly delayMs?: number
  /** Called once when everything is over, for what is kept of a command in any case. */
  seen?(outcome: Outcome): void
}

export type Decision = (Answer | Change) & Aside

export type Handler = {
  run(context: Context): Decision
  /** Namespaces of the extensions it understands. */
  readonly extensions: readonly string[]
}
