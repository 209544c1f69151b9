import { createRoute, z } from '@hono/zod-openapi'
import { Money } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { json, keyWith } from './operation.ts'

export const Balance = z
  .object({
    balance: Money.openapi({ description: 'What orders are paid from' }),
    in_escrow: Money.openapi({ description: 'Held for backorders that are not decided yet' }),
  })
  .openapi('Balance')

export const getBalance = createRoute({
  operationId: 'getBalance',
  method: 'get',
  path: '/v1/balance',
  tags: ['Money'],
  summary: 'Read the balance of the account',
  security: keyWith('balance:read'),
  responses: { 200: json(Balance, 'The balance'), ...problems() },
})
