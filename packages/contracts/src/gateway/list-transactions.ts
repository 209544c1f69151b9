import { createRoute, z } from '@hono/zod-openapi'
import { Cursor, Limit, pageOf } from '../common/page.ts'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { json, keyWith } from './operation.ts'
import { BalanceCause } from './statement.ts'

/** One movement of the balance. The amounts of all of an account's transactions sum to its balance. */
const Transaction = z
  .object({
    id: Id,
    cause: BalanceCause,
    amount: Money.openapi({ description: 'Above zero when the balance grew' }),
    backorder_id: Id.optional(),
    renewal_id: Id.optional(),
    name: DomainName.optional(),
    posted_at: Time,
  })
  .openapi('Transaction')

export const TransactionPage = pageOf(Transaction, 'TransactionPage')

export const listTransactions = createRoute({
  operationId: 'listTransactions',
  method: 'get',
  path: '/v1/transactions',
  tags: ['Money'],
  summary: 'List every movement of the balance, newest first',
  security: keyWith('balance:read'),
  request: { query: z.strictObject({ cursor: Cursor, limit: Limit }) },
  responses: {
    200: json(TransactionPage, 'A page of transactions'),
    ...problems('invalid_request', 'invalid_cursor'),
  },
})
