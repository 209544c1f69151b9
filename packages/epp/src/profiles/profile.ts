import type { AccountLimits } from '../pool/limits.ts'
import type { Demands } from '../session/dialect.ts'

/** How a registry lets names go; what a catcher's plan builds on. */
export type Release =
  /** Every day from a fixed time on, in a more or less predictable order. */
  | 'daily_batch'
  /** A day's names at an instant that is known for each. */
  | 'exact_instant'
  /** Each at a random moment within the window. */
  | 'random_in_window'
  /** A server that is open for a while only. */
  | 'open_window'
  /** Creates are applications, awarded at the end of the period. */
  | 'applications'

/**
 * The client's side of one kind of registry, as data. Every value is a default: a registry's contract with an account
 * (`RegistryAccess.limits`) goes before it.
 */
export type Profile = Demands & {
  readonly id: string
  readonly limits: AccountLimits
  /** URIs to log in with; all that we speak when absent. */
  readonly extensions?: readonly string[]
  /** Whether creates at the drop go to a host (and a pool) of their own. */
  readonly dropHost: 'same' | 'apart'
  readonly release: Release
  /** `by_poll`: a create is answered 1001, and the message queue tells who got the name. */
  readonly award: 'at_once' | 'by_poll'
  /** `mandatory_if_premium`: creates carry the standard fee, so that a premium name is refused and not charged. */
  readonly fee: 'never_sent' | 'mandatory_if_premium'
}
