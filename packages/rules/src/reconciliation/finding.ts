import type { Money } from '../money.ts'

export const findingSides = ['provider', 'registry', 'ledger'] as const

export type FindingSide = (typeof findingSides)[number]

/**
 * - `missing_there`: we booked it, and they do not tell of it.
 * - `unknown_here`: they tell of it, and we booked nothing of the kind.
 * - `doubled`: one of ours, told more than once. `altered`: another amount, another currency, or not what was told before.
 * - `unreadable`: a line that can't be understood. `sum_differs`: items agree, and their sum is not the ledger's.
 * - `broken`: a promise of our own books.
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

/** Something that does not agree. `side`, `source`, `kind` and `subject` say which; the rest may change from run to run. */
export type Finding = {
  readonly side: FindingSide
  /** The provider's name, the registry account, or `ledger`. */
  readonly source: string
  readonly kind: FindingKind
  readonly subject: string
  readonly ours?: { readonly type: string; readonly id: string }
  readonly oursAmount?: Money
  /** Their ids of what they tell, as far as they have any. */
  readonly theirIds: readonly string[]
  readonly theirsAmount?: Money
  /** For a person: what differs. Says the same as long as the same is found. */
  readonly detail: string
}
