import type { PayoutState } from './ports/payments.ts'
import { may, type Role } from './staff.ts'

export type PayoutFacts = {
  readonly state: PayoutState
  /** A line of the bank statement was found for it. */
  readonly isMatched: boolean
}

/** Whether a line of a bank statement may have it: one that is on its way may be there before the provider says so. */
export function isMatchable({ state, isMatched }: PayoutFacts): boolean {
  return !isMatched && (state === 'in_transit' || state === 'paid')
}

export type PayoutAction = 'match' | 'unmatch'

/** What this person may do about a payout. */
export function payoutActions(facts: PayoutFacts, held: readonly Role[]): readonly PayoutAction[] {
  if (!may(held, 'payouts:match')) return []
  if (facts.isMatched) return ['unmatch']
  return isMatchable(facts) ? ['match'] : []
}
