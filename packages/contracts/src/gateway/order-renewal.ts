import { RENEWAL_YEARS_MAX } from '@droplock/rules/renewals'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Money, Time } from '../common/primitives.ts'
import { bodyProblems, problems } from '../common/problems.ts'
import { keyWith, made } from './operation.ts'
import { OrderedRenewal } from './renewal.ts'

/** Unknown members are refused: a misspelt one must not be ignored by an order that spends money. */
const OrderRenewal = z
  .strictObject({
    years: z.int().min(1).max(RENEWAL_YEARS_MAX),
    payment: z.enum(['balance', 'card']).openapi({
      description:
        '`balance`: paid at once from the balance of the account. `card`: to be paid until `pay_by`',
    }),
    price: Money.openapi({ description: 'As quoted for these years' }),
    expires_at: Time.openapi({ description: 'As quoted' }),
  })
  .openapi('OrderRenewal')

export const orderRenewal = createRoute({
  operationId: 'orderRenewal',
  method: 'post',
  path: '/v1/backorders/{id}/renewals',
  tags: ['Renewals'],
  summary: 'Renew a caught name',
  description:
    'On a quote, whose price and expiry are repeated here: nothing is paid on others. A name has one renewal at a time, so repeating an order pays nothing twice. If the registry refuses, the whole price is refunded.',
  security: keyWith('backorders:write'),
  request: {
    params: z.strictObject({ id: Id }),
    body: { required: true, content: { 'application/json': { schema: OrderRenewal } } },
  },
  responses: {
    201: made(OrderedRenewal, 'renewal', 'The renewal is paid, or waits for its card payment'),
    ...problems(
      ...bodyProblems,
      'backorder_not_found',
      'backorder_not_renewable',
      'registration_expired',
      'renewal_too_long',
      'renewal_pending',
      'renewal_quote_stale',
      'price_unavailable',
      'insufficient_balance',
      'card_unavailable',
    ),
  },
})
