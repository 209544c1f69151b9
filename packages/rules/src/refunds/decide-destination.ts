import type { RefundDestination } from '../machines/refund.ts'

export type PaymentMethod = 'balance' | 'card'

export type DestinationFacts = {
  /** The account's balance, minor units, read under the account's lock when the refund is created. */
  readonly balanceMinor: bigint
  /** How the payment that goes back was made. */
  readonly method: PaymentMethod
}

export type DestinationDecision = {
  readonly destination: RefundDestination
  /** Where escrow's money is posted: for a payment from the balance, the original payment *is* the balance. */
  readonly creditedTo: 'customer_balance' | 'refunds_payable'
}

/**
 * Rule 9: an account that owes gets the whole amount credited to its balance, even if the debt is smaller; any other gets
 * it back the way it paid.
 */
export function decideDestination({ balanceMinor, method }: DestinationFacts): DestinationDecision {
  if (balanceMinor < 0n) return { destination: 'balance', creditedTo: 'customer_balance' }
  const creditedTo = method === 'balance' ? 'customer_balance' : 'refunds_payable'
  return { destination: 'original_payment', creditedTo }
}
