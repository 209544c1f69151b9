import { createRoute, z } from '@hono/zod-openapi'
import { Cursor, Limit, pageOf } from '../common/page.ts'
import { problems } from '../common/problems.ts'
import { renewalStates } from '../common/words.ts'
import { json, keyWith } from './operation.ts'
import { Renewal } from './renewal.ts'

export const RenewalPage = pageOf(Renewal, 'RenewalPage')

export const listRenewals = createRoute({
  operationId: 'listRenewals',
  method: 'get',
  path: '/v1/renewals',
  tags: ['Renewals'],
  summary: "List the account's renewals, newest first",
  security: keyWith('backorders:read'),
  request: {
    query: z.strictObject({ state: z.enum(renewalStates).optional(), cursor: Cursor, limit: Limit }),
  },
  responses: {
    200: json(RenewalPage, 'A page of renewals'),
    ...problems('invalid_request', 'invalid_cursor'),
  },
})
