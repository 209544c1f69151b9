import type { RefundDestination } from '../machines/refund.ts'

export type PaymentMethod = 'balance' | 'card'

export type DestinationFacts = {
  /** The account's balance, minor units, read under the account's lock when the refund is created. */
  readonly balanceMinor: bigint
  /** How the payment that goes back was made. */
  readonly method: PaymentMethod
  /** A lost dispute has returned the card payment already, and the balance bears it: only there it can be made good. */
  readonly chargedBack?: boolean
}

/**
 * Rule 9: an account that owes gets the whole amount credited to its balance, even if the debt is smaller; any other gets
 * it back the way it paid.
 */
export function decideDestination(facts: DestinationFacts): RefundDestination {
  return facts.balanceMinor < 0n || facts.chargedBack === true ? 'balance' : 'original_payment'
}

/** Whether two destinations are the same place: for a payment from the balance, the original payment *is* the balance. */
export function isSameDestination(
  one: RefundDestination,
  other: RefundDestination,
  method: PaymentMethod,
): boolean {
  return one === other || method === 'balance'
}
