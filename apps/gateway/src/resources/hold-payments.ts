import { Id } from '@droplock/contracts/common/primitives'
import { payHold as pay } from '@droplock/core/backorders/pay-hold'
import { wire } from '@droplock/http/wire'
import { createRoute, z } from '@hono/zod-openapi'
import { keyWith, made, onceByKey, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { replyOnce } from '../http/once.ts'
import { Backorder } from './backorders.ts'

const payHold = createRoute(
  onceByKey({
    operationId: 'payHold',
    method: 'post',
    path: '/v1/backorders/{id}/pay',
    tags: ['Backorders'],
    summary: 'Pay a held backorder from the balance',
    description:
      'At the price that was agreed. The name is secured at once, and open card payments of the order are cancelled; one that is captured nevertheless is refunded.',
    security: keyWith('backorders:write'),
    request: { params: z.strictObject({ id: Id }) },
    responses: {
      200: made(Backorder, 'backorder', 'The secured backorder'),
      ...problems(
        'invalid_request',
        'backorder_not_found',
        'payment_ended',
        'name_premium',
        'insufficient_balance',
        'sub_account_limit_reached',
      ),
    },
  }),
)

export const holdPaymentOperations = { payHold }

export function mountHoldPayments(app: Gateway): void {
  app.openapi(payHold, async (c) => {
    const { id } = c.req.valid('param')
    return replyOnce(c, 200, Backorder, async (ctx) => ({
      value: wire(await pay(ctx, id)),
      location: `/v1/backorders/${id}`,
    }))
  })
}
