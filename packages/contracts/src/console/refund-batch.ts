import { BATCH_REFUNDS_MAX } from '@droplock/rules/refunds/batch'
import { refundReasons } from '@droplock/rules/refunds/manual'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { refundCauses } from '../common/words.ts'
import { changeProblems, changes, readProblems, reads } from './operation.ts'
import { Search, TimeInput } from './paging.ts'
import { Person, Refund } from './refund.ts'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)

export const RefundQueue = z
  .object({
    queued: z.array(
      z.object({
        state: z.enum(['proposed', 'approved', 'processing', 'failed']).openapi({
          description: '`failed`: without a retry, so still owed',
        }),
        count: z.int(),
        amount: Money,
        oldest_at: Time,
      }),
    ),
  })
  .openapi('RefundQueue')

const Sum = z.object({ count: z.int(), amount: Money })

const LeftOutRefund = z
  .object({
    id: Id,
    code: z
      .string()
      .openapi({ description: 'The code of the problem that an approval would be answered with' }),
    detail: z.string(),
    name: DomainName.optional(),
    amount: Money.optional(),
  })
  .openapi('LeftOutRefund')

export const RefundBatch = z
  .object({
    hash: Hash.openapi({
      description:
        'SHA-256 of who was shown the set, and of its refunds with their terms; an approval repeats it',
    }),
    refunds: z.array(Refund).openapi({ description: 'What can be approved, the oldest first' }),
    sums: z.array(Sum).openapi({ description: 'By currency' }),
    reasons: z.array(Sum.extend({ reason_code: z.enum(refundReasons).optional() })),
    largest: z.array(Refund).openapi({ description: 'The largest of each currency' }),
    proposers: z.array(z.object({ proposer: Person, count: z.int() })),
    left_out: z
      .array(LeftOutRefund)
      .openapi({ description: 'What was chosen and cannot be approved, and why' }),
    has_more: z
      .boolean()
      .openapi({ description: `More than ${BATCH_REFUNDS_MAX} match; these are the oldest` }),
  })
  .openapi('RefundBatch')

const ChooseRefunds = z
  .union([
    z.strictObject({ ids: z.array(Id).min(1).max(BATCH_REFUNDS_MAX) }),
    z.strictObject({
      filter: z
        .strictObject({
          cause: z.enum(refundCauses).optional(),
          account_id: Id.optional(),
          from: TimeInput.optional(),
          to: TimeInput.optional(),
          q: Search,
        })
        .openapi({ description: 'Proposed refunds that the list shows by the same filters' }),
    }),
  ])
  .openapi('ChooseRefunds')

const ApproveRefundBatch = z
  .strictObject({
    hash: Hash,
    refunds: z
      .array(z.strictObject({ id: Id, terms_hash: Hash }))
      .min(1)
      .max(BATCH_REFUNDS_MAX),
    note: text(500).optional(),
  })
  .openapi('ApproveRefundBatch')

export const RefundBatchResult = z
  .object({
    results: z.array(
      z.object({
        id: Id,
        outcome: z.enum(['approved', 'left_out']),
        code: z.string().optional().openapi({ description: 'Why it was left out: the code of the problem' }),
        detail: z.string().optional(),
      }),
    ),
  })
  .openapi('RefundBatchResult')

const tags = ['List refunds']

export const getRefundQueue = createRoute({
  operationId: 'getRefundQueue',
  method: 'get',
  path: '/api/refund-queue',
  tags,
  summary: 'Read how many refunds are not finished, how much they are, and since when',
  security: reads('console:read'),
  responses: { 200: json(RefundQueue, 'By state and currency'), ...readProblems() },
})

export const previewRefundBatch = createRoute({
  operationId: 'previewRefundBatch',
  method: 'post',
  path: '/api/refund-batches/preview',
  tags,
  summary: 'Look at proposed refunds that are to be approved together',
  security: changes('refunds:decide'),
  request: { body: body(ChooseRefunds) },
  responses: { 200: json(RefundBatch, 'The set and its sums. Nothing is changed'), ...changeProblems() },
})

export const approveRefundBatch = createRoute({
  operationId: 'approveRefundBatch',
  method: 'post',
  path: '/api/refund-batches/approve',
  tags,
  summary: 'Approve a set of proposed refunds as it was shown',
  description:
    'Each refund is approved by itself, or left out where it has changed since. Sent again, the set approves what was not approved before; what this person approved already is not done twice.',
  security: changes('refunds:decide'),
  request: { body: body(ApproveRefundBatch) },
  responses: {
    200: json(RefundBatchResult, 'What became of each refund'),
    ...changeProblems('refund_batch_changed'),
  },
})
