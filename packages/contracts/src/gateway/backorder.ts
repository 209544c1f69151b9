import { outcomeBases } from '@droplock/rules/drop/outcome'
import { z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'
import {
  backorderStates,
  basisText,
  expiredReasons,
  failureReasons,
  outcomes,
  RemovedAttempts,
} from '../common/words.ts'
import { Payment, Refund } from './payment.ts'

const backorder = {
  id: Id,
  name: DomainName,
  state: z.enum(backorderStates),
  price: Money.openapi({ description: 'Fixed when the order was taken; it never changes' }),
  created_at: Time,
  pay_by: Time.optional().openapi({
    description: 'When an order that is paid by card lapses if it is still unpaid, or would have',
  }),
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

export const PlacedBackorder = z
  .object({
    ...backorder,
    payment: Payment.optional().openapi({
      description: 'What is waited for until `pay_by`; there when the order is paid by card',
    }),
  })
  .openapi('PlacedBackorder')

/** One command sent for the name: proof of what was tried. All but `rdap` are EPP. RFC 5730 §2.5, §3. */
export const Attempt = z
  .object({
    command: z.enum(['create', 'info', 'fee_check', 'rdap']),
    sent_at: Time.openapi({ description: 'By our clock, to the millisecond' }),
    outcome: z
      .enum(['answered', 'not_sent', 'unknown'])
      .openapi({ description: '`unknown`: it left and no answer came' }),
    round_trip_ms: z.number().min(0).optional().openapi({ example: 12.417 }),
    code: z
      .int()
      .optional()
      .openapi({ description: 'EPP result code; of `rdap` the HTTP status', example: 2302 }),
    message: z.string().optional(),
    cltrid: z.string().openapi({ description: 'Our transaction id' }),
    svtrid: z.string().optional().openapi({ description: "The registry's transaction id" }),
    decided: z.boolean().openapi({ description: 'Its answer decided the outcome' }),
  })
  .openapi('Attempt')

/** How the drop ended for this name; absent until it is decided. */
const DropOutcome = z
  .object({
    result: z.enum(outcomes),
    code: z.int().optional().openapi({ description: 'The EPP result code that decided it' }),
    basis: z.enum(outcomeBases).optional().openapi({ description: basisText }),
    holder_clid: z.string().optional().openapi({ description: 'The registrar that has the name now' }),
  })
  .openapi('DropOutcome')

/** A long fight makes tens of thousands of attempts; these are one page of them. */
const attemptsMax = 100

export const BackorderDetail = z
  .object({
    ...backorder,
    attempts: z
      .array(Attempt)
      .max(attemptsMax)
      .openapi({ description: `What was tried, newest first; the newest ${attemptsMax}` }),
    attempts_next: z
      .string()
      .optional()
      .openapi({ description: 'The cursor of the next page of attempts; absent where these are all' }),
    attempts_removed: RemovedAttempts.optional().openapi({
      description: 'How many more were made; absent where all are kept',
    }),
    deciding_attempt: Attempt.optional().openapi({
      description: 'The attempt whose answer decided the outcome, also where it is not among the newest',
    }),
    outcome: DropOutcome.optional(),
    expires_at: Time.optional().openapi({ description: 'The end of the registration we won, as last told' }),
    payments: z
      .array(Payment)
      .openapi({ description: 'Every payment for it, whatever came of it, oldest first' }),
    refunds: z.array(Refund),
  })
  .openapi('BackorderDetail')
