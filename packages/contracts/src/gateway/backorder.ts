import type { BackorderState, ExpiredReason, FailureReason } from '@droplock/rules/machines/backorder'
import type { Outcome } from '@droplock/rules/machines/catch-target'
import type { RefundCause, RefundDestination, RefundState } from '@droplock/rules/machines/refund'
import { z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'

export const backorderStates = [
  'pending_payment',
  'backordered',
  'registering',
  'successful',
  'failed',
  'expired',
] as const satisfies readonly BackorderState[]

const failureReasons = [
  'lost',
  'missed',
  'premium',
  'withdrawn',
  'refused',
] as const satisfies readonly FailureReason[]
const expiredReasons = ['lapsed', 'released', 'listing_ended'] as const satisfies readonly ExpiredReason[]
const outcomes = ['registered', ...failureReasons] as const satisfies readonly Outcome[]
const refundCauses = [
  'backorder_failed',
  'late_payment',
  'duplicate_payment',
  'renewal_failed',
  'manual',
] as const satisfies readonly RefundCause[]
const refundStates = [
  'proposed',
  'approved',
  'processing',
  'succeeded',
  'failed',
  'rejected',
  'expired',
] as const satisfies readonly RefundState[]
const destinations = ['balance', 'original_payment'] as const satisfies readonly RefundDestination[]

const backorder = {
  id: Id,
  name: DomainName,
  state: z.enum(backorderStates),
  price: Money.openapi({ description: 'Fixed when the order was taken; it never changes' }),
  created_at: Time,
  pay_by: Time.optional().openapi({ description: 'While `pending_payment`: when the hold ends' }),
  secured_at: Time.optional(),
  cutoff_at: Time,
  drop_from: Time,
  drop_to: Time,
  decided_at: Time.optional(),
  settled_at: Time.optional().openapi({
    description: "The registry's creation date of the registration we won",
  }),
  failure_reason: z.enum(failureReasons).optional(),
  expired_reason: z.enum(expiredReasons).optional(),
}

export const Backorder = z.object(backorder).openapi('Backorder')

/** One EPP command sent for the name: proof of what was tried. RFC 5730 §2.5, §3. */
export const Attempt = z
  .object({
    command: z.enum(['create', 'info']),
    sent_at: Time.openapi({ description: 'By our clock, to the millisecond' }),
    outcome: z
      .enum(['answered', 'not_sent', 'unknown'])
      .openapi({ description: '`unknown`: it left and no answer came' }),
    round_trip_ms: z.number().min(0).optional().openapi({ example: 12.417 }),
    code: z.int().optional().openapi({ description: 'EPP result code', example: 2302 }),
    message: z.string().optional(),
    cltrid: z.string().openapi({ description: 'Our transaction id' }),
    svtrid: z.string().optional().openapi({ description: "The registry's transaction id" }),
  })
  .openapi('Attempt')

export const DropOutcome = z
  .object({
    result: z.enum(outcomes),
    decided_at: Time,
    code: z.int().optional().openapi({ description: 'The EPP result code that decided it' }),
    registered_at: Time.optional().openapi({
      description: "The registry's creation date of the new registration",
    }),
    holder_clid: z.string().optional().openapi({ description: 'The registrar that has the name now' }),
  })
  .openapi('DropOutcome')

export const Refund = z
  .object({
    id: Id,
    cause: z.enum(refundCauses),
    state: z.enum(refundStates),
    destination: z.enum(destinations),
    amount: Money,
    created_at: Time,
    decided_at: Time.optional(),
  })
  .openapi('Refund')

/** Attempts that one answer carries. A long race makes tens of thousands; these are the last, which decided it. */
export const attemptsMax = 1_000

export const BackorderDetail = z
  .object({
    ...backorder,
    attempts_total: z.int().openapi({ description: 'All commands sent for the name' }),
    attempts: z.array(Attempt).max(attemptsMax).openapi({ description: 'The last of them, oldest first' }),
    outcome: DropOutcome.optional(),
    refund: Refund.optional(),
  })
  .openapi('BackorderDetail')
