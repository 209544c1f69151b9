import { Id, Money, Time } from '@droplock/contracts/common/primitives'
import { json } from '@droplock/contracts/common/responses'
import {
  backorderStates,
  expiredReasons,
  failureReasons,
  paymentMethods,
  paymentStates,
  refundDestinations,
  refundStates,
} from '@droplock/contracts/common/words'
import { getOrderTimeline, type OrderTimelineEntry } from '@droplock/core/backorders/timeline'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { createRoute, z } from '@hono/zod-openapi'
import { keyWith, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'

const kinds = [
  'ordered',
  'payment',
  'secured',
  'moved_by_list',
  'moved_by_operator',
  'suspected',
  'armed',
  'first_attempt',
  'deciding_attempt',
  'decided',
  'refund_created',
  'refund_decided',
] as const satisfies readonly OrderTimelineEntry['kind'][]

const Entry = z
  .object({
    at: Time,
    kind: z.enum(kinds).openapi({ description: 'New kinds may be added' }),
    text: z.string().openapi({
      description: 'What happened, for people',
      example: 'You ordered the name for 19.00 USD.',
    }),
    amount: Money.optional(),
    state: z.enum([...new Set([...paymentStates, ...refundStates, ...backorderStates])]).optional(),
    method: z.enum(paymentMethods).optional().openapi({ description: 'How a payment was made' }),
    reason: z
      .enum([...failureReasons, ...expiredReasons])
      .optional()
      .openapi({ description: 'Why the order failed or expired' }),
    destination: z.enum(refundDestinations).optional(),
    code: z.int().optional().openapi({ description: 'The EPP result code of the deciding answer' }),
    message: z.string().optional().openapi({ description: 'What the registry said with it' }),
    pay_by: Time.optional().openapi({ description: 'Until when the unpaid name was held' }),
    cutoff_at: Time.optional(),
    drop_from: Time.optional(),
    drop_to: Time.optional(),
    settled_at: Time.optional(),
    holder_clid: z
      .string()
      .optional()
      .openapi({ description: 'The registrar that registered the name first' }),
    winner_created_at: Time.optional(),
  })
  .openapi('BackorderTimelineEntry')

export const BackorderTimeline = z
  .object({ items: z.array(Entry).openapi({ description: 'Oldest first' }) })
  .openapi('BackorderTimeline')

const getBackorderTimeline = createRoute({
  operationId: 'getBackorderTimeline',
  method: 'get',
  path: '/v1/backorders/{id}/timeline',
  tags: ['Backorders'],
  summary: 'Read what happened to a backorder, in order',
  description:
    'Of the commands to the registry it has the first and the one that decided the result; the list of attempts has them all.',
  security: keyWith('backorders:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(BackorderTimeline, 'What happened'),
    ...problems('invalid_request', 'backorder_not_found'),
  },
})

export const backorderTimelineOperations = { getBackorderTimeline }

export function mountBackorderTimeline(app: Gateway): void {
  app.openapi(getBackorderTimeline, async (c) => {
    const items = await getOrderTimeline(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, BackorderTimeline, { items: items.map((entry) => Entry.parse(wire(entry))) })
  })
}
