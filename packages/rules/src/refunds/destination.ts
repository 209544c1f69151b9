import type { PaymentPurpose } from '../machines/payment.ts'
import type { RefundDestination } from '../machines/refund.ts'

export type PaymentMethod = 'balance' | 'card'

type DestinationFacts = {
  /** The account's balance, minor units, read under the account's lock when the refund is created. */
  readonly balanceMinor: bigint
  /** How the refunded payment was made. */
  readonly method: PaymentMethod
  /** A lost dispute: the bank has returned the money to the card at the balance's cost, so only the balance can be credited. */
  readonly chargedBack?: boolean
}

/**
 * Rule 9: an account that owes gets the whole amount credited to its balance, even if its debt is smaller; any other gets it back the way
 * it paid.
 */
export function decideDestination(facts: DestinationFacts): RefundDestination {
  return facts.balanceMinor < 0n || facts.chargedBack === true ? 'balance' : 'original_payment'
}

type ManualDestinationFacts = DestinationFacts & {
  readonly purpose: PaymentPurpose
  readonly amountMinor: bigint
}

/**
 * Rule 9 for a manual refund. The money of a top-up is on the balance: it goes back to the card as long as the balance covers it. Beyond
 * that the account would owe, so it stays on the balance; sending it to the card on credit is an exception.
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
 * The ledger account that a refund is paid from. `refunds_payable`: it retries a failed refund. `customer_balance`: it refunds a top-up.
 */
export type RefundSource =
  | 'escrow'
  | 'revenue'
  | 'refunds_payable'
  | 'unapplied_receipts'
  | 'customer_balance'

/** The ledger account of a payment that a person refunds: it was earned, or topped up the balance. */
export function manualSource(purpose: PaymentPurpose): RefundSource {
  return purpose === 'top_up' ? 'customer_balance' : 'revenue'
}

/** The ledger account where money waits until it reached its card, and to which it returns from there. */
export function waitingLedgerAccount(payment: {
  readonly purpose: PaymentPurpose
  readonly secures: boolean
}): 'refunds_payable' | 'unapplied_receipts' {
  return payment.secures || payment.purpose === 'top_up' ? 'refunds_payable' : 'unapplied_receipts'
}

type Funding = {
  /** To the balance at once; to a card once the provider has paid it. */
  readonly state: 'succeeded' | 'approved'
  /** The ledger account the money goes to now; absent where it is there already. */
  readonly to?: 'customer_balance' | 'refunds_payable'
}

/**
 * What approving a refund posts. Money for a card waits as payable; money that never secured anything stays among the unapplied receipts
 * until it is returned.
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
