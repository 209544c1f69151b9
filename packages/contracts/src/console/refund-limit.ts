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
        'Up to how much balance and credit one person gives alone in 24 hours, all customers together',
    }),
  })
  .openapi('RefundLimit', { description: 'Up to how much of one payment finance refunds alone' })

export const RefundLimitList = listOf(RefundLimit, 'RefundLimitList')

const tags = ['Refunds']

export const listRefundLimits = createRoute({
  operationId: 'listRefundLimits',
  method: 'get',
  path: '/api/refund-limits',
  tags,
  summary: 'What finance refunds alone, by currency',
  security: reads('money:read'),
  responses: { 200: json(RefundLimitList, 'One for each currency'), ...readProblems() },
})

export const setRefundLimit = createRoute({
  operationId: 'setRefundLimit',
  method: 'post',
  path: '/api/refund-limits',
  tags,
  summary: 'Set what finance refunds alone in a currency',
  security: changes('limits:set'),
  request: {
    body: body(
      z
        .strictObject({
          currency: z.string().regex(/^[A-Z]{3}$/),
          alone_minor: z.int().min(0),
          grant_alone_minor: z.int().min(0).optional().openapi({ description: 'Left out, it stays' }),
          reason: Reason,
        })
        .openapi('SetRefundLimit'),
    ),
  },
  responses: {
    200: json(RefundLimitList, 'All of them'),
    ...changeProblems('reason_required', 'amount_out_of_range'),
  },
})
