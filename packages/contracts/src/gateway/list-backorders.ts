import { createRoute, z } from '@hono/zod-openapi'
import { Cursor, Limit, pageOf } from '../common/page.ts'
import { problems } from '../common/problems.ts'
import { backorderStates } from '../common/words.ts'
import { Backorder } from './backorder.ts'
import { json, keyWith } from './operation.ts'

export const BackorderPage = pageOf(Backorder, 'BackorderPage')

export const listBackorders = createRoute({
  operationId: 'listBackorders',
  method: 'get',
  path: '/v1/backorders',
  tags: ['Backorders'],
  summary: "List the account's backorders, newest first",
  security: keyWith('backorders:read'),
  request: {
    query: z.strictObject({ state: z.enum(backorderStates).optional(), cursor: Cursor, limit: Limit }),
  },
  responses: {
    200: json(BackorderPage, 'A page of backorders'),
    ...problems('invalid_request', 'invalid_cursor'),
  },
})
