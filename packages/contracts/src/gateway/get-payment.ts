import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { json, keyWith } from './operation.ts'
import { PaymentDetail } from './payment.ts'

export const getPayment = createRoute({
  operationId: 'getPayment',
  method: 'get',
  path: '/v1/payments/{id}',
  tags: ['Payments'],
  summary: 'Read a payment with what came back of it',
  security: keyWith('backorders:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(PaymentDetail, 'The payment and its refunds'),
    ...problems('invalid_request', 'payment_not_found'),
  },
})
