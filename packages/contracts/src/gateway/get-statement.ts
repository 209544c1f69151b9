import { createRoute, z } from '@hono/zod-openapi'
import { TimeInput } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { json, keyWith } from './operation.ts'
import { Statement } from './statement.ts'

export const getStatement = createRoute({
  operationId: 'getStatement',
  method: 'get',
  path: '/v1/statement',
  tags: ['Money'],
  summary: 'Read the account statement of a period',
  description:
    'The period holds `from` and ends before `to`, so that statements of adjoining periods add up.',
  security: keyWith('balance:read'),
  request: { query: z.strictObject({ from: TimeInput, to: TimeInput }) },
  responses: {
    200: json(Statement, 'What the balance was, what moved it, and what it came to'),
    ...problems('invalid_request', 'invalid_period'),
  },
})
