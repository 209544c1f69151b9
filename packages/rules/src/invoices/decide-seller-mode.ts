import { Refusal } from '../refusals.ts'
import type { InvoiceMode } from './number.ts'

type SellerFacts = {
  /** Of the seller that is set; undefined where none is. */
  readonly before: InvoiceMode | undefined
  readonly after: InvoiceMode
  /** Whether anything was issued in this database. */
  readonly hasIssued: boolean
}

/**
 * Live and test are two databases, and what a test issues says TEST: once anything was issued, its database stays what it is.
 * Throws Refusal('seller_mode_is_final').
 */
export function decideSellerMode({ before, after, hasIssued }: SellerFacts): void {
  if (before === undefined || before === after || !hasIssued) return
  throw new Refusal('seller_mode_is_final', 'Invoices of the other mode were issued here.', {
    mode: before,
  })
}
