import { may, type Role } from './staff.ts'

/** Why finance has to look at a refund or a payment. */
export const financeTaskKinds = [
  'refund_failed',
  'refund_stuck',
  'payment_unexpected',
  'dispute_unexpected',
] as const

export type FinanceTaskKind = (typeof financeTaskKinds)[number]

/** `make_good`: a refund that did not reach the card is credited to the balance instead. */
export type FinanceTaskAction = 'retry' | 'make_good' | 'close'

/** Whether a person may close it with a note. A failed refund is owed until it is retried. */
export function isClosedByNote(kind: FinanceTaskKind): boolean {
  return kind !== 'refund_failed'
}

type FinanceTaskFacts = {
  readonly kind: FinanceTaskKind
  readonly isOpen: boolean
  /** A retry of the failed refund waits for a second person. */
  readonly isRetryProposed: boolean
}

/** What this person may do about a task, the usual action first. */
export function financeTaskActions(
  { kind, isOpen, isRetryProposed }: FinanceTaskFacts,
  held: readonly Role[],
): readonly FinanceTaskAction[] {
  if (!isOpen) return []
  if (isClosedByNote(kind)) return may(held, 'tasks:close') ? ['close'] : []
  return may(held, 'refunds:retry') && !isRetryProposed ? ['retry', 'make_good'] : []
}
