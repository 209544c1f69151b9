import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { Backorder } from './backorder.ts'
import { json, keyWith } from './operation.ts'

export const releaseBackorder = createRoute({
  operationId: 'releaseBackorder',
  method: 'post',
  path: '/v1/backorders/{id}/release',
  tags: ['Backorders'],
  summary: 'Release an order that is not paid yet',
  description:
    'The name is free for others at once. It is not held unpaid again in this cycle, and a payment that arrives all the same goes back or takes the name if it is still free. A paid order cannot be cancelled.',
  security: keyWith('backorders:write'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(Backorder, 'The backorder, expired'),
    ...problems('invalid_request', 'backorder_not_found', 'backorder_not_releasable'),
  },
})
