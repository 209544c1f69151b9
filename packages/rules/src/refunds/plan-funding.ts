import type { PaymentPurpose } from '../machines/payment.ts'
import type { RefundDestination } from '../machines/refund.ts'
import type { PaymentMethod } from './decide-destination.ts'

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
export function waitingPlace(payment: {
  readonly purpose: PaymentPurpose
  readonly secures: boolean
}): 'refunds_payable' | 'unapplied_receipts' {
  return payment.secures || payment.purpose === 'top_up' ? 'refunds_payable' : 'unapplied_receipts'
}

export type Funding = {
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
