import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { keyWith, made } from './operation.ts'
import { Payment } from './payment.ts'

export const payBackorder = createRoute({
  operationId: 'payBackorder',
  method: 'post',
  path: '/v1/backorders/{id}/payments',
  tags: ['Payments'],
  summary: 'Open another card payment for a held order',
  description:
    'For another try while the order is held, with the same `pay_by`; a declined payment may also be paid with another card as it is. If two of them are captured, one secures the order and the other goes back.',
  security: keyWith('backorders:write'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    201: made(Payment, 'payment', 'The payment that is waited for'),
    ...problems('invalid_request', 'backorder_not_found', 'payment_ended', 'card_unavailable'),
  },
})
