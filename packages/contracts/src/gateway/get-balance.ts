import { createRoute, z } from '@hono/zod-openapi'
import { Money } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { json, keyWith } from './operation.ts'

export const Balance = z
  .object({
    balance: Money.openapi({ description: 'What orders are paid from' }),
    credit_limit: Money.openapi({ description: 'How far the balance may fall below zero' }),
    available: Money.openapi({
      description: 'Balance and credit together: what can be spent now; below zero when more is owed',
    }),
    in_escrow: Money.openapi({ description: 'Held for backorders and renewals that are not decided yet' }),
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
