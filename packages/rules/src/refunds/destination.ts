import type { PaymentPurpose } from '../machines/payment.ts'
import type { RefundDestination } from '../machines/refund.ts'

export type PaymentMethod = 'balance' | 'card'

type DestinationFacts = {
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

type ManualDestinationFacts = DestinationFacts & {
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

/**
 * Where the money of a refund is when it is approved. `refunds_payable`: a refund before it failed, and this one retries it.
 * `customer_balance`: it topped up.
 */
export type RefundSource =
  | 'escrow'
  | 'revenue'
  | 'refunds_payable'
  | 'unapplied_receipts'
  | 'customer_balance'

/** Where the money of a payment is that a person refunds: earned, or still its customer's. */
export function manualSource(purpose: PaymentPurpose): RefundSource {
  return purpose === 'top_up' ? 'customer_balance' : 'revenue'
}

/** Where money waits until its card has it, and where it is again when it comes back from there. */
export function waitingLedgerAccount(payment: {
  readonly purpose: PaymentPurpose
  readonly secures: boolean
}): 'refunds_payable' | 'unapplied_receipts' {
  return payment.secures || payment.purpose === 'top_up' ? 'refunds_payable' : 'unapplied_receipts'
}

type Funding = {
  /** At once to the balance; to a card when the provider has done it. */
  readonly state: 'succeeded' | 'approved'
  /** Where the money goes now; absent where it is already. */
  readonly to?: 'customer_balance' | 'refunds_payable'
}

/**
 * What approving a refund posts. Money for a card waits as payable; what never secured anything waits where it is, among the
 * unapplied receipts, until it has been returned.
 */
export function planFunding(
  destination: RefundDestination,
  method: PaymentMethod,
  source: RefundSource,
): Funding {
  if (destination === 'balance' || method === 'balance') return { state: 'succeeded', to: 'customer_balance' }
  return source === 'refunds_payable' || source === 'unapplied_receipts'
    ? { state: 'approved' }
    : { state: 'approved', to: 'refunds_payable' }
}
