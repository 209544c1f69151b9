import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { BackorderDetail } from './backorder.ts'
import { json, keyWith } from './operation.ts'

export const getBackorder = createRoute({
  operationId: 'getBackorder',
  method: 'get',
  path: '/v1/backorders/{id}',
  tags: ['Backorders'],
  summary: 'Read a backorder with everything that was tried for it',
  security: keyWith('backorders:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(BackorderDetail, 'The backorder, its attempts, outcome and refund'),
    ...problems('invalid_request', 'backorder_not_found'),
  },
})
