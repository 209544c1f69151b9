import { createRoute, z } from '@hono/zod-openapi'
import { Money } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf } from './paging.ts'

export const RefundLimit = z
  .object({
    currency: z.string(),
    alone: Money,
    grant_alone: Money.openapi({
      description:
        'How much balance and credit one person may grant to all customers within 24 hours without approval',
    }),
  })
  .openapi('RefundLimit', { description: 'How much of one payment one person may refund without approval' })

export const RefundLimitList = listOf(RefundLimit, 'RefundLimitList')

const tags = ['List refunds']

export const listRefundLimits = createRoute({
  operationId: 'listRefundLimits',
  method: 'get',
  path: '/api/refund-limits',
  tags,
  summary: 'List single-approver limits, by currency',
  security: reads('money:read'),
  responses: { 200: json(RefundLimitList, 'The limits of each currency'), ...readProblems() },
})

export const setRefundLimit = createRoute({
  operationId: 'setRefundLimit',
  method: 'post',
  path: '/api/refund-limits',
  tags,
  summary: 'Set the single-approver limits of a currency',
  security: changes('limits:set'),
  request: {
    body: body(
      z
        .strictObject({
          currency: z.string().regex(/^[A-Z]{3}$/),
          alone_minor: z.int().min(0),
          grant_alone_minor: z
            .int()
            .min(0)
            .optional()
            .openapi({ description: 'If left out, it does not change' }),
          reason: Reason,
        })
        .openapi('SetRefundLimit'),
    ),
  },
  responses: {
    200: json(RefundLimitList, 'The whole list'),
    ...changeProblems('reason_required', 'amount_out_of_range'),
  },
})
