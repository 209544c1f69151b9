import type { PaymentPurpose } from '../machines/payment.ts'
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

export type ManualDestinationFacts = DestinationFacts & {
  readonly purpose: PaymentPurpose
  readonly amountMinor: bigint
}

/**
 * Rule 9 for what a person refunds. A top-up's money is on the balance already: it goes back the way it was paid while the
 * balance has all of it. With more the account would owe, so by the rule it stays on the balance; to send it to the card, on
 * credit, is an exception.
 */
export function decideManualDestination({
  purpose,
  amountMinor,
  ...facts
}: ManualDestinationFacts): RefundDestination {
  const wouldOwe = purpose === 'top_up' && facts.balanceMinor < amountMinor
  return wouldOwe ? 'balance' : decideDestination(facts)
}

/** Whether two destinations are the same place: for a payment from the balance, the original payment *is* the balance. */
export function isSameDestination(
  one: RefundDestination,
  other: RefundDestination,
  method: PaymentMethod,
): boolean {
  return one === other || method === 'balance'
}
