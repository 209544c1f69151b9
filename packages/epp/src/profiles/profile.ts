import type { RegistryProfileId } from '@droplock/rules/registries/profiles'
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
 * The client's side of one kind of registry, as data. Every limit is a default: a registry's contract with an account
 * (`RegistryAccess.limits`) goes before it. Whether the drop has hosts of its own is in `registryProfiles` of `rules`.
 */
export type Profile = Demands & {
  readonly id: RegistryProfileId
  readonly limits: AccountLimits
  /** URIs to log in with; all that we speak when absent. */
  readonly extensions?: readonly string[]
  readonly release: Release
  /** `by_poll`: a create is answered 1001, and the message queue tells who got the name. */
  readonly award: 'at_once' | 'by_poll'
  /**
   * `always`: every create carries the standard fee as its cap, whatever is known of its zone, so that a premium name is refused and
   * not charged. `by_zone`: where the zone can have premium names.
   */
  readonly feeCap: 'always' | 'by_zone'
}
