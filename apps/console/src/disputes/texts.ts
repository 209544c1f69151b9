import type { EvidenceField } from '@droplock/rules/disputes/evidence'
import type { DisputeDetail } from '../api/types.ts'

/** The reason that the cardholder gave to the bank. */
export const reasonTexts: Readonly<Record<DisputeDetail['reason'], string>> = {
  fraudulent: 'Not authorised by the cardholder',
  unrecognized: 'Not recognised by the cardholder',
  duplicate: 'Charged twice',
  credit_not_processed: 'Refund not received',
  product_not_received: 'Service not received',
  product_unacceptable: 'Not as described',
  subscription_canceled: 'Cancelled before',
  general: 'Other reason',
}

type FieldText = readonly [label: string, help: string]

/** The provider's fields, in the order in which a case is presented. */
export const fieldTexts: Readonly<Record<EvidenceField, FieldText>> = {
  product_description: ['What was sold', 'One or two sentences for somebody who knows no domain names'],
  service_date: ['Date of the service', 'For example 2026-11-29'],
  customer_name: ['Customer', ''],
  customer_email_address: ['Customer’s email', ''],
  billing_address: ['Billing address', ''],
  access_activity_log: ['What happened, with times', 'Order, payment, registration and refunds'],
  cancellation_policy_disclosure: ['How the customer knew that orders are final', ''],
  cancellation_rebuttal: [
    'Why it was not cancelled in time',
    'Only if the customer says that it was cancelled',
  ],
  refund_policy_disclosure: ['How the customer knew the refund policy', ''],
  refund_refusal_explanation: ['Why nothing is refunded, or what was', ''],
  duplicate_charge_explanation: [
    'How it differs from the other charge',
    'Only if it is said to be charged twice',
  ],
  uncategorized_text: ['Anything else', 'Receipts, messages, other orders of this customer'],
}

/** Why evidence was not taken, or not yet. */
export const failureTexts: Readonly<Record<string, string>> = {
  evidence_closed: 'The provider takes no evidence for this dispute any more.',
  unauthenticated: 'The provider does not accept our keys. Correct them, then submit again.',
  not_permitted: 'Our keys at the provider lack the permission. Correct that, then submit again.',
  not_found: 'The provider does not know this dispute.',
  invalid: 'The provider does not accept these texts. Shorten or correct them, then submit again.',
}
