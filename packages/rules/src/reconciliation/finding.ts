import type { Money } from '../money.ts'

export const findingSides = ['provider', 'registry', 'ledger'] as const

export type FindingSide = (typeof findingSides)[number]

/**
 * - `missing_there`: we booked it, and they do not report it.
 * - `unknown_here`: they report it, and we have not booked it.
 * - `doubled`: reported more than once. `altered`: another amount, another currency, or another report than before.
 * - `unreadable`: a line that cannot be read. `sum_differs`: all items match, but their sum differs from the ledger.
 * - `broken`: an invariant of our books is violated.
 */
export const findingKinds = [
  'missing_there',
  'unknown_here',
  'doubled',
  'altered',
  'unreadable',
  'sum_differs',
  'broken',
] as const

export type FindingKind = (typeof findingKinds)[number]

/** A mismatch. `side`, `source`, `kind` and `subject` identify it; the rest may change from run to run. */
export type Finding = {
  readonly side: FindingSide
  /** The provider's name, the registry account, or `ledger`. */
  readonly source: string
  readonly kind: FindingKind
  readonly subject: string
  readonly ours?: { readonly type: string; readonly id: string }
  readonly oursAmount?: Money
  /** Their ids of what they report, if they have any. */
  readonly theirIds: readonly string[]
  readonly theirsAmount?: Money
  /** For a person: what differs. The text stays the same while the finding does. */
  readonly detail: string
}
