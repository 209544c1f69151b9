import { Id, Time } from '@droplock/contracts/common/primitives'
import { json } from '@droplock/contracts/common/responses'
import { deliveryStates } from '@droplock/contracts/common/words'
import { listDeliveries } from '@droplock/core/webhook-endpoints/list-deliveries'
import { retryDelivery } from '@droplock/core/webhook-endpoints/retry-delivery'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { accountTopics } from '@droplock/rules/events'
import { createRoute, z } from '@hono/zod-openapi'
import { askedPage, Cursor, keyWith, Limit, pageOf, problems } from '../contract.ts'
import type { Gateway } from '../gateway.ts'
import { Topic } from './webhook-endpoints.ts'

const State = z.enum(deliveryStates)

const WebhookAttempt = z
  .object({
    attempted_at: Time,
    duration_ms: z.int(),
    status: z.int().optional().openapi({ description: 'Of HTTP; absent: there was no answer', example: 500 }),
    answer: z.string().optional().openapi({ description: 'The beginning of the answer' }),
    failure: z.string().optional().openapi({ description: 'Why it was no success', example: 'answered 500' }),
  })
  .openapi('WebhookAttempt')

export const WebhookDelivery = z
  .object({
    id: Id,
    event_id: Id.openapi({ description: 'The `webhook-id` of every attempt' }),
    topic: Topic,
    subject_id: Id,
    state: State.openapi({ description: '`failed`: given up. `retry` and `recover` send it again' }),
    waits: z.boolean().openapi({ description: 'An earlier event about the same subject is on its way' }),
    next_attempt_at: Time.optional(),
    created_at: Time,
    decided_at: Time.optional(),
    attempts: z.array(WebhookAttempt).openapi({ description: 'The latest 20, newest first' }),
  })
  .openapi('WebhookDelivery')
export const WebhookDeliveryPage = pageOf(WebhookDelivery, 'WebhookDeliveryPage')

const tags = ['Webhooks']
const security = keyWith('webhooks:manage')
const path = '/v1/webhook-endpoints/{id}/deliveries'

const listWebhookDeliveries = createRoute({
  operationId: 'listWebhookDeliveries',
  method: 'get',
  path,
  tags,
  summary: 'List what a webhook endpoint was sent and is to be sent, newest first',
  description:
    'Each event with its attempts: when, how long, and what was answered. They are kept as long as the event.',
  security,
  request: {
    params: z.strictObject({ id: Id }),
    query: z.strictObject({
      state: State.optional(),
      topic: z.enum(accountTopics).optional(),
      event_id: z.uuid().optional(),
      cursor: Cursor,
      limit: Limit,
    }),
  },
  responses: {
    200: json(WebhookDeliveryPage, 'A page of deliveries, each with its latest attempts'),
    ...problems(
      'read_limit_reached',
      'invalid_request',
      'invalid_cursor',
      'webhook_endpoint_not_found',
      'key_exceeds_own',
    ),
  },
})

const retryWebhookDelivery = createRoute({
  operationId: 'retryWebhookDelivery',
  method: 'post',
  path: `${path}/{delivery_id}/retry`,
  tags,
  summary: 'Send a delivery again, now',
  description:
    'Whether it failed, was delivered or is on its way. It is tried for three days more. Behind an earlier event about the same subject it waits for that.',
  security,
  request: { params: z.strictObject({ id: Id, delivery_id: Id }) },
  responses: {
    200: json(WebhookDelivery, 'The delivery as it is now'),
    ...problems(
      'invalid_request',
      'webhook_endpoint_not_found',
      'webhook_delivery_not_found',
      'webhook_endpoint_disabled',
      'key_exceeds_own',
    ),
  },
})

export const webhookDeliveryOperations = { listWebhookDeliveries, retryWebhookDelivery }

export function mountWebhookDeliveries(app: Gateway): void {
  app.openapi(listWebhookDeliveries, async (c) => {
    const { id: endpointId } = c.req.valid('param')
    const page = await listDeliveries(c.var.ctx, { ...askedPage(c.req.valid('query')), endpointId })
    return reply(c, 200, WebhookDeliveryPage, wire(page))
  })

  app.openapi(retryWebhookDelivery, async (c) => {
    const { id, delivery_id: deliveryId } = c.req.valid('param')
    return reply(c, 200, WebhookDelivery, wire(await retryDelivery(c.var.ctx, id, deliveryId)))
  })
}
