import { createRoute, z } from '@hono/zod-openapi'
import { Limit, pageOf } from '../common/page.ts'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { RemovedAttempts } from '../common/words.ts'
import { Attempt } from './backorder.ts'
import { json, keyWith } from './operation.ts'

export const AttemptPage = z
  .object({
    ...pageOf(Attempt, 'AttemptPage').shape,
    removed: RemovedAttempts.optional().openapi({
      description: 'How many more were made; absent where all are kept',
    }),
  })
  .openapi('AttemptPage')

export const listAttempts = createRoute({
  operationId: 'listAttempts',
  method: 'get',
  path: '/v1/backorders/{id}/attempts',
  tags: ['Backorders'],
  summary: 'List everything that was tried for a backorder, newest first',
  security: keyWith('backorders:read'),
  request: {
    params: z.strictObject({ id: Id }),
    query: z.strictObject({
      // Our transaction id (RFC 5730 §2.5): 3 to 64 characters, of which ours are these.
      cursor: z
        .string()
        .regex(/^[\w.:-]{3,64}$/)
        .optional()
        .openapi({ description: 'The `next` of an earlier page, or the `attempts_next` of the backorder' }),
      limit: Limit,
    }),
  },
  responses: {
    200: json(AttemptPage, 'A page of attempts'),
    ...problems('invalid_request', 'invalid_cursor', 'backorder_not_found'),
  },
})
