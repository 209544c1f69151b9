import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { json, keyWith } from './operation.ts'
import { Renewal } from './renewal.ts'

export const getRenewal = createRoute({
  operationId: 'getRenewal',
  method: 'get',
  path: '/v1/renewals/{id}',
  tags: ['Renewals'],
  summary: 'Read a renewal',
  security: keyWith('backorders:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(Renewal, 'The renewal'),
    ...problems('invalid_request', 'renewal_not_found'),
  },
})
