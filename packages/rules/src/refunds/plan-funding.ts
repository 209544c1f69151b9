import type { RefundDestination } from '../machines/refund.ts'
import type { PaymentMethod } from './decide-destination.ts'

/** Where the money of a refund is when it is approved. `refunds_payable`: a refund before it failed, and this one retries it. */
export type RefundSource = 'escrow' | 'revenue' | 'refunds_payable' | 'unapplied_receipts'

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
  return source === 'escrow' || source === 'revenue'
    ? { state: 'approved', to: 'refunds_payable' }
    : { state: 'approved' }
}
