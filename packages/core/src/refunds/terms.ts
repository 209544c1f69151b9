import { createHash } from 'node:crypto'
import type { RefundDestination } from '@droplock/rules/machines/refund'
import { canonicalJson } from '../audit/chain.ts'

type RefundTerms = {
  readonly refundId: string
  readonly paymentId: string
  /** The payee. */
  readonly accountId: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly destination: RefundDestination
}

/** SHA-256 of amount, payee and destination, in hex: what an approver is shown, and what an approval is bound to. */
export function termsHash(terms: RefundTerms): string {
  const text = canonicalJson({ ...terms, amountMinor: terms.amountMinor.toString() })
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
