import { EVIDENCE_CHARACTERS_MAX, evidenceFields } from '@droplock/rules/disputes/evidence'
import { disputeReasons, payoutStates } from '@droplock/rules/ports/payments'
import { z } from 'zod'

/** The sandbox provider's wire format, shared by server and client. Amounts are decimal text in minor units. */

const amount = z.string().regex(/^-?\d{1,19}$/)
const positive = z.string().regex(/^[1-9]\d{0,18}$/)
const currency = z.string().regex(/^[A-Z]{3}$/)
const id = z.string().min(1).max(100)

/** The limits of Stripe. */
const metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((entries) => Object.keys(entries).length <= 50, 'at most 50 entries')

export const createIntentBody = z.strictObject({
  payment_id: id,
  amount_minor: positive,
  currency,
  customer: id,
  metadata: metadata.default({}),
})

/** Card numbers may be written in groups. */
export const confirmBody = z.object({
  client_secret: id,
  card: z
    .string()
    .max(30)
    .transform((text) => text.replaceAll(/[ -]/g, '')),
})

export const finishStepBody = z.object({ client_secret: id, passed: z.boolean() })

export const createRefundBody = z.strictObject({
  refund_id: id,
  payment: id,
  amount_minor: positive,
  currency,
})

const declineReasons = [
  'card_declined',
  'insufficient_funds',
  'expired_card',
  'authentication_failed',
] as const

export const intentView = z.object({
  id,
  payment_id: z.string(),
  state: z.enum(['requires_action', 'processing', 'succeeded', 'failed', 'canceled']),
  amount_minor: amount,
  currency,
  captured_minor: amount,
  decline_reason: z.enum(declineReasons).optional(),
  client_secret: z.string().optional(),
})

export const refundView = z.object({
  id,
  refund_id: z.string(),
  payment: id,
  state: z.enum(['processing', 'succeeded', 'failed']),
  amount_minor: amount,
  currency,
})

export const refundsView = z.object({ refunds: z.array(refundView) })

export const disputeView = z.object({
  id,
  payment: id,
  state: z.enum(['open', 'won', 'lost']),
  amount_minor: amount,
  currency,
  reason: z.enum(disputeReasons),
  evidence_due_by: z.iso.datetime(),
  is_answered: z.boolean(),
})

export const submitEvidenceBody = z.strictObject({
  evidence: z.partialRecord(z.enum(evidenceFields), z.string().max(EVIDENCE_CHARACTERS_MAX)),
})

export const payoutView = z.object({
  id,
  state: z.enum(payoutStates),
  amount_minor: amount,
  currency,
  created_at: z.iso.datetime(),
  arrives_at: z.iso.datetime(),
})

export const payoutsView = z.object({ payouts: z.array(payoutView), cursor: z.string().optional() })

export const movementView = z.object({
  id,
  kind: z.enum(['payment', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'fee', 'payout']),
  object: id.optional(),
  amount_minor: amount,
  fee_minor: amount,
  currency,
  created_at: z.iso.datetime(),
})

export const movementsView = z.object({ movements: z.array(movementView), cursor: z.string().optional() })

export const eventView = z.object({
  id,
  about: z.enum(['payment', 'refund', 'dispute']),
  object: id,
  created_at: z.iso.datetime(),
})

/** Codes of refusals, and the HTTP status of each. */
export const statusByCode = {
  unauthenticated: 401,
  not_found: 404,
  invalid_request: 422,
  key_required: 400,
  key_reused: 422,
  wrong_state: 409,
  already_refunded: 409,
  amount_exceeds_remaining: 409,
  disputed: 409,
  evidence_closed: 409,
  nothing_to_pay_out: 409,
  rate_limited: 429,
  full: 503,
  internal_error: 500,
} as const

export type ProblemCode = keyof typeof statusByCode

export const problemView = z.object({ code: z.string() })
