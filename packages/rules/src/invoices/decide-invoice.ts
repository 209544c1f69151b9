import type { BackorderState } from '../machines/backorder.ts'
import type { RenewalState } from '../machines/renewal.ts'
import { Refusal } from '../refusals.ts'

/** Rule 10: before a success and after a failure there is nothing to invoice. */
export function isInvoiceable(state: BackorderState | RenewalState): boolean {
  return state === 'successful'
}

/**
 * Whether an invoice may be issued: the billing profile that it is for. Throws Refusal: invoice_not_available before a success
 * and after a failure (rule 10), billing_profile_missing where nobody is named whom it is for.
 */
export function decideInvoice<Profile>(
  state: BackorderState | RenewalState,
  profile: Profile | undefined,
): Profile {
  if (!isInvoiceable(state)) {
    throw new Refusal('invoice_not_available', 'An invoice is issued after a success only.', { state })
  }
  if (profile === undefined) {
    throw new Refusal('billing_profile_missing', 'Say first whom invoices are for.')
  }
  return profile
}
