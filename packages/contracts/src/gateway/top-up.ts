import { createRoute, z } from '@hono/zod-openapi'
import { bodyProblems, problems } from '../common/problems.ts'
import { keyWith, made } from './operation.ts'
import { Payment } from './payment.ts'

const TopUp = z
  .strictObject({
    amount_minor: z
      .int()
      .openapi({ description: 'In minor units of the currency of the account', example: 50_000 }),
  })
  .openapi('TopUp')

export const topUp = createRoute({
  operationId: 'topUp',
  method: 'post',
  path: '/v1/top-ups',
  tags: ['Payments'],
  summary: 'Open a card payment that tops up the balance',
  description: 'The balance grows when the payment is captured.',
  security: keyWith('backorders:write'),
  request: { body: { required: true, content: { 'application/json': { schema: TopUp } } } },
  responses: {
    201: made(Payment, 'payment', 'The payment that is waited for'),
    ...problems(...bodyProblems, 'amount_out_of_range', 'card_unavailable', 'payment_limit_reached'),
  },
})
