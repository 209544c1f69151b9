import { DomainName, Id, Time } from '@droplock/contracts/common/primitives'
import { json } from '@droplock/contracts/common/responses'
import { paymentMethods, refundStates } from '@droplock/contracts/common/words'
import * as core from '@droplock/core/refunds/read-own'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { createRoute, z } from '@hono/zod-openapi'
import { askedPage, Cursor, keyWith, Limit, pageOf, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { Refund } from './payments.ts'

export const RefundDetail = z
  .object({
    ...Refund.shape,
    decided_at: Time.optional(),
    payment_id: Id,
    method: z.enum(paymentMethods).openapi({ description: 'How the payment was made' }),
    backorder_id: Id.optional(),
    renewal_id: Id.optional(),
    name: DomainName.optional(),
  })
  .openapi('RefundDetail')

export const RefundPage = pageOf(RefundDetail, 'RefundPage')

const tags = ['Payments']

const listRefunds = createRoute({
  operationId: 'listRefunds',
  method: 'get',
  path: '/v1/refunds',
  tags,
  summary: "List the account's refunds, newest first",
  description:
    'A refund is created automatically when a paid order fails, and for money that arrives too late or twice.',
  security: keyWith('backorders:read'),
  request: {
    query: z.strictObject({
      state: z.enum(refundStates).optional(),
      backorder_id: Id.optional(),
      cursor: Cursor,
      limit: Limit,
    }),
  },
  responses: {
    200: json(RefundPage, 'A page of refunds'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_cursor'),
  },
})

const getRefund = createRoute({
  operationId: 'getRefund',
  method: 'get',
  path: '/v1/refunds/{id}',
  tags,
  summary: 'Read a refund',
  description: '`destination` says whether it goes back to the original payment or to your balance.',
  security: keyWith('backorders:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: { 200: json(RefundDetail, 'The refund'), ...problems('invalid_request', 'refund_not_found') },
})

export const refundOperations = { listRefunds, getRefund }

export function mountRefunds(app: Gateway): void {
  app.openapi(listRefunds, async (c) => {
    const page = await core.listOwnRefunds(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, RefundPage, wire(page))
  })

  app.openapi(getRefund, async (c) =>
    reply(c, 200, RefundDetail, wire(await core.getOwnRefund(c.var.ctx, c.req.valid('param').id))),
  )
}
