import { payoutStates } from '@droplock/rules/ports/payments'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { paymentPurposes } from '../common/words.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { Flag, listOf, paging, Search, sorting } from './paging.ts'
import { Person } from './refund.ts'

/** The kinds of movements at the provider. */
const movementKinds = [
  'payment',
  'refund',
  'refund_failure',
  'dispute',
  'dispute_reversal',
  'fee',
  'payout',
  'other',
] as const

const BankDate = z.iso.date().openapi({ example: '2026-11-29' })

const payout = {
  id: Id,
  provider: z.string(),
  provider_payout_id: z.string(),
  state: z.enum(payoutStates),
  amount: Money.openapi({ description: 'Negative where the provider takes it from our bank account' }),
  made_at: Time,
  arrives_at: Time.openapi({ description: 'When our bank is expected to have it' }),
  is_itemised: z.boolean().openapi({ description: 'The provider says what it pays out' }),
  itemised_at: Time.optional().openapi({ description: 'Since when all of that is known here' }),
  bank_reference: z
    .string()
    .optional()
    .openapi({ description: 'Of the line of the bank statement that it was matched to' }),
  bank_date: BankDate.optional(),
  matched_by: Person.optional(),
  matched_at: Time.optional(),
  version: z.int(),
}

export const Payout = z.object(payout).openapi('Payout')
export const PayoutList = listOf(Payout, 'PayoutList')

export const PayoutDetail = z
  .object({
    ...payout,
    parts: z.array(
      z.object({
        kind: z.enum(movementKinds),
        movements: z.int(),
        gross: Money,
        fee: Money,
        net: Money,
      }),
    ),
    difference: Money.optional().openapi({
      description: 'The amount less its parts; absent while they are not known',
    }),
    unknown_movements: z
      .int()
      .openapi({ description: 'How many of its movements are of nothing that is in our books' }),
  })
  .openapi('PayoutDetail')

const PayoutMovement = z
  .object({
    id: z.string(),
    kind: z.enum(movementKinds),
    object_id: z.string().optional(),
    moved_at: Time,
    gross: Money,
    fee: Money,
    net: Money,
    payment_id: Id.optional(),
    refund_id: Id.optional(),
    dispute_id: Id.optional(),
    purpose: z.enum(paymentPurposes).optional(),
    account_name: z.string().optional(),
    name: DomainName.optional(),
  })
  .openapi('PayoutMovement')

export const PayoutMovementList = listOf(PayoutMovement, 'PayoutMovementList')

const path = '/api/payouts'
const tags = ['Payouts']
const params = z.strictObject({ id: Id })
const version = z.int().min(1)

export const listPayouts = createRoute({
  operationId: 'listPayouts',
  method: 'get',
  path,
  tags,
  summary: 'List payouts of the payment provider to our bank account',
  security: reads('money:read'),
  request: {
    query: z.strictObject({
      ...sorting(['made_at', 'arrives_at', 'amount'], { field: 'made_at', order: 'desc' }),
      state: z.enum(payoutStates).optional(),
      matched: Flag,
      q: Search,
    }),
  },
  responses: { 200: json(PayoutList, 'A page of payouts'), ...readProblems('invalid_request') },
})

export const getPayout = createRoute({
  operationId: 'getPayout',
  method: 'get',
  path: `${path}/{id}`,
  tags,
  summary: 'Read a payout with what it is made of',
  security: reads('money:read'),
  request: { params },
  responses: {
    200: json(PayoutDetail, 'The payout'),
    ...readProblems('invalid_request', 'payout_not_found'),
  },
})

export const listPayoutMovements = createRoute({
  operationId: 'listPayoutMovements',
  method: 'get',
  path: `${path}/{id}/movements`,
  tags,
  summary: 'List the movements that a payout pays out, newest first',
  security: reads('money:read'),
  request: { params, query: z.strictObject(paging) },
  responses: {
    200: json(PayoutMovementList, 'A page of movements'),
    ...readProblems('invalid_request', 'payout_not_found'),
  },
})

export const matchPayout = createRoute({
  operationId: 'matchPayout',
  method: 'post',
  path: `${path}/{id}/match`,
  tags,
  summary: 'Match a payout to a line of the bank statement',
  security: changes('payouts:match'),
  request: {
    params,
    body: body(
      z
        .strictObject({ version, bank_reference: text(200).min(1), bank_date: BankDate, note: Reason })
        .openapi('MatchPayout'),
    ),
  },
  responses: {
    200: json(PayoutDetail, 'The payout'),
    ...changeProblems(
      'reason_required',
      'payout_not_found',
      'payout_changed',
      'payout_not_matchable',
      'bank_reference_invalid',
      'bank_line_known',
    ),
  },
})

export const unmatchPayout = createRoute({
  operationId: 'unmatchPayout',
  method: 'post',
  path: `${path}/{id}/unmatch`,
  tags,
  summary: 'Take back the match of a payout',
  security: changes('payouts:match'),
  request: { params, body: body(z.strictObject({ version, reason: Reason }).openapi('UnmatchPayout')) },
  responses: {
    200: json(PayoutDetail, 'The payout'),
    ...changeProblems('reason_required', 'payout_not_found', 'payout_changed', 'payout_not_matched'),
  },
})
