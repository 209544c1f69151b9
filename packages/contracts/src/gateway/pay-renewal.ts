import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { keyWith, made } from './operation.ts'
import { Payment } from './payment.ts'

export const payRenewal = createRoute({
  operationId: 'payRenewal',
  method: 'post',
  path: '/v1/renewals/{id}/payments',
  tags: ['Payments'],
  summary: 'Open another card payment for an unpaid renewal',
  description:
    'For another try while the renewal waits, with the same `pay_by`; a declined payment may also be paid with another card as it is. If two of them are captured, one pays the renewal and the other goes back.',
  security: keyWith('backorders:write'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    201: made(Payment, 'payment', 'The payment that is waited for'),
    ...problems('invalid_request', 'renewal_not_found', 'payment_ended', 'card_unavailable'),
  },
})
