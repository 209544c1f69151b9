import type { RenewalState } from '../machines/renewal.ts'

/** What is known when a card's money for a renewal has arrived; the renewal's row is locked. Amounts in minor units. */
export type RenewalReceiptFacts = {
  readonly capturedMinor: bigint
  /** The price that was agreed when the payment was opened. */
  readonly agreedMinor: bigint
  readonly state: RenewalState
  /** Another payment secured the same renewal, whatever became of it. */
  readonly securedByAnother: boolean
}

export type RenewalReceiptDecision =
  | { readonly kind: 'secure' }
  | { readonly kind: 'refund'; readonly cause: 'late_payment' | 'duplicate_payment' }

/**
 * What captured money does for a renewal: it pays one that waits, in full, or goes back. One that lapsed stays so; the name is
 * still its holder's, who may order again.
 */
export function decideRenewalReceipt(facts: RenewalReceiptFacts): RenewalReceiptDecision {
  if (facts.securedByAnother) return { kind: 'refund', cause: 'duplicate_payment' }
  const pays = facts.state === 'pending_payment' && facts.capturedMinor === facts.agreedMinor
  return pays ? { kind: 'secure' } : { kind: 'refund', cause: 'late_payment' }
}
