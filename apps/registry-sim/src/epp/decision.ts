import type { Account } from '../registry/account.ts'
import type { Registry } from '../registry/registry.ts'
import type { Command } from './read-command.ts'
import type { Moment, Session } from './session.ts'
import type { Answer, Element } from './xml.ts'

/** The input of a command handler: the object inside the verb, and the extensions by namespace, all of them allowed. */
export type Context = {
  readonly session: Session
  readonly registry: Registry
  readonly account: Account
  readonly command: Command
  readonly object: Element
  readonly extensions: ReadonlyMap<string, Element>
  readonly moment: Moment
}

/** A change that is decided and not yet committed: only a fault may come between. */
type Change = { readonly code: 1000 | 1001; commit(): Answer }

/** The outcome of a command: its code if it was decided, and the fault that was injected. */
export type Outcome = { readonly code?: number; readonly fault?: string }

type Extras = {
  /** The answer is delayed by this. */
  readonly delayMs?: number
  /** Called once with the outcome, to record the command in any case. */
  record?(outcome: Outcome): void
}

export type Decision = (Answer | Change) & Extras

export type Handler = {
  run(context: Context): Decision
  /** Namespaces of the extensions that it accepts. */
  readonly extensions: readonly string[]
}
