/**
 * The text of our answer to a dispute, in the provider's fields. Of Stripe's, those that fit a service without delivery:
 * https://docs.stripe.com/api/disputes/object (evidence).
 */
export const evidenceFields = [
  'product_description',
  'service_date',
  'customer_name',
  'customer_email_address',
  'billing_address',
  'access_activity_log',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'duplicate_charge_explanation',
  'uncategorized_text',
] as const

export type EvidenceField = (typeof evidenceFields)[number]

export type Evidence = { readonly [Field in EvidenceField]?: string }

/** Stripe's limit of one text field; together its fields have at most 150,000. Characters. */
export const EVIDENCE_CHARACTERS_MAX = 10_000

/** A whole answer as JSON: each character has up to four bytes. */
export const EVIDENCE_BYTES_MAX = 524_288

/** Only fields that say something. */
export function withoutEmpty(evidence: Evidence): Evidence {
  const filled = Object.entries(evidence).flatMap(([field, text]) => {
    const trimmed = text?.trim() ?? ''
    return trimmed === '' ? [] : [[field, trimmed]]
  })
  return Object.fromEntries(filled)
}
