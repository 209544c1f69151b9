import { line } from '@droplock/contracts/common/party'
import { Id, Time, TimeInput, text } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, json } from '@droplock/contracts/common/responses'
import type { AccountContext } from '@droplock/core/context'
import { changeEndpoint } from '@droplock/core/webhook-endpoints/change'
import { createEndpoint, type NewSecret } from '@droplock/core/webhook-endpoints/create'
import { deleteEndpoint } from '@droplock/core/webhook-endpoints/delete'
import {
  getEndpoint,
  listEndpoints,
  requireEndpoints,
  type WebhookEndpoint as View,
} from '@droplock/core/webhook-endpoints/read'
import { recoverEndpoint } from '@droplock/core/webhook-endpoints/recover'
import { rotateSecret } from '@droplock/core/webhook-endpoints/rotate-secret'
import { newSecretSalt } from '@droplock/core/webhook-endpoints/secret'
import { testEndpoint } from '@droplock/core/webhook-endpoints/test-endpoint'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import {
  accountTopics,
  ENDPOINTS_MAX,
  endpointDisabledReasons,
  RECOVER_DAYS_MAX,
  SECRET_OVERLAP_SECONDS,
  SECRET_OVERLAP_SECONDS_MAX,
} from '@droplock/rules/events'
import { Refusal } from '@droplock/rules/refusals'
import { createRoute, z } from '@hono/zod-openapi'
import {
  askedPage,
  Cursor,
  keyWith,
  Limit,
  made,
  onceByKey,
  onlyIfUnchanged,
  pageOf,
  problems,
  versioned,
} from '../contract.ts'
import type { Dependencies, Gateway, GatewayRequest } from '../gateway.ts'
import { replyOnce } from '../http/once.ts'
import { readPrecondition, setETag } from '../http/preconditions.ts'

const URL_LENGTH_MAX = 500

export const Topic = z.enum(accountTopics).openapi('EventTopic', { example: 'backorder.successful' })

const terms = {
  url: text(URL_LENGTH_MAX)
    .regex(/^https?:\/\/\S+$/, 'an https URL')
    .openapi({
      description:
        'Where webhooks are posted: a public `https` address without user and password. Redirects are not followed',
      example: 'https://shop.example.com/droplock',
    }),
  description: line(200).openapi({ example: 'shop backend' }),
  topics: z
    .array(Topic)
    .min(1)
    .max(accountTopics.length)
    .openapi({
      description: 'What is sent to it; left out: everything, also topics that are added later',
      example: ['backorder.successful', 'backorder.failed'],
    }),
}

const endpoint = {
  id: Id,
  url: z.string().openapi({ example: 'https://shop.example.com/droplock' }),
  description: z.string().optional(),
  topics: z.array(Topic).optional().openapi({ description: 'Absent: every topic' }),
  enabled: z.boolean(),
  created_at: Time,
  disabled_at: Time.optional(),
  disabled_reason: z.enum(endpointDisabledReasons).optional().openapi({
    description:
      '`requested`: by you. `gone`: it answered 410. `failing`: nothing could be delivered to it for five days',
  }),
  failing_since: Time.optional().openapi({ description: 'Nothing that was sent to it since then succeeded' }),
  last_delivered_at: Time.optional(),
  recovering_since: Time.optional().openapi({
    description: 'What it has not taken since then is being planned again; nothing is sent meanwhile',
  }),
  previous_secret_until: Time.optional().openapi({
    description: 'Until then webhooks are signed with the secret before as well',
  }),
}

export const WebhookEndpoint = z.object(endpoint).openapi('WebhookEndpoint')
export const WebhookEndpointPage = pageOf(WebhookEndpoint, 'WebhookEndpointPage')
export const NewWebhookEndpoint = z
  .object({
    ...endpoint,
    secret: z.string().optional().openapi({
      description:
        'The secret that signs (Standard Webhooks). It is shown this once: it is absent when the answer is given again for the same `Idempotency-Key`. Rotate a secret that was lost',
      example: 'whsec_…',
    }),
  })
  .openapi('NewWebhookEndpoint')
export const WebhookTest = z
  .object({
    event_id: Id.openapi({ description: 'Find its delivery by `event_id` in the log of the endpoint' }),
    endpoint_id: Id,
  })
  .openapi('WebhookTest')

const tags = ['Webhooks']
const params = z.strictObject({ id: Id })
const security = keyWith('webhooks:manage')
const path = '/v1/webhook-endpoints'
const urlProblems = ['webhook_url_forbidden', 'webhook_endpoint_exists'] as const

const listWebhookEndpoints = createRoute({
  operationId: 'listWebhookEndpoints',
  method: 'get',
  path,
  tags,
  summary: "List the account's webhook endpoints, newest first",
  description: 'Those that are disabled too. `failing_since` shows which one takes nothing.',
  security,
  request: { query: z.strictObject({ cursor: Cursor, limit: Limit }) },
  responses: {
    200: json(WebhookEndpointPage, 'A page of endpoints, without their secrets'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_cursor', 'key_exceeds_own'),
  },
})

const createWebhookEndpoint = createRoute(
  onceByKey({
    operationId: 'createWebhookEndpoint',
    method: 'post',
    path,
    tags,
    summary: 'Make a webhook endpoint',
    description: `It gets what happens in the whole account from now on, as Standard Webhooks. An account has up to ${ENDPOINTS_MAX}. \`http\` is accepted on a development installation alone, for this machine.`,
    security,
    request: {
      body: body(
        z
          .strictObject({
            url: terms.url,
            topics: terms.topics.optional(),
            description: terms.description.optional(),
          })
          .openapi('CreateWebhookEndpoint'),
      ),
    },
    responses: {
      201: made(NewWebhookEndpoint, 'webhook endpoint', 'The new endpoint; `secret` is shown this once'),
      ...problems(...bodyProblems, ...urlProblems, 'webhook_endpoint_limit_reached', 'key_exceeds_own'),
    },
  }),
)

const getWebhookEndpoint = createRoute({
  operationId: 'getWebhookEndpoint',
  method: 'get',
  path: `${path}/{id}`,
  tags,
  summary: 'Read a webhook endpoint',
  description: 'Its secret is never shown again: rotate one that was lost.',
  security,
  request: { params },
  responses: {
    200: versioned(WebhookEndpoint, 'The endpoint'),
    ...problems('invalid_request', 'webhook_endpoint_not_found', 'key_exceeds_own'),
  },
})

const updateWebhookEndpoint = createRoute(
  onlyIfUnchanged({
    operationId: 'updateWebhookEndpoint',
    method: 'patch',
    path: `${path}/{id}`,
    tags,
    summary: 'Change, disable or enable a webhook endpoint',
    description:
      'What is left out stays; `null` for `topics` is every topic. While it is disabled nothing is sent to it, and what was on its way is given up: `recover` has that sent after it is enabled again.',
    security,
    request: {
      params,
      body: body(
        z
          .strictObject({
            url: terms.url.optional(),
            topics: terms.topics.nullish(),
            description: terms.description.nullish(),
            enabled: z.boolean().optional(),
          })
          .openapi('UpdateWebhookEndpoint'),
      ),
    },
    responses: {
      200: versioned(WebhookEndpoint, 'The endpoint as it is now'),
      ...problems(...bodyProblems, ...urlProblems, 'webhook_endpoint_not_found', 'key_exceeds_own'),
    },
  }),
)

const deleteWebhookEndpoint = createRoute({
  operationId: 'deleteWebhookEndpoint',
  method: 'delete',
  path: `${path}/{id}`,
  tags,
  summary: 'Delete a webhook endpoint, for good',
  description: 'Nothing more is sent to it, and what was on its way is given up.',
  security,
  request: { params },
  responses: {
    204: { description: 'It is deleted' },
    ...problems('invalid_request', 'webhook_endpoint_not_found', 'key_exceeds_own'),
  },
})

const rotateWebhookSecret = createRoute(
  onceByKey({
    operationId: 'rotateWebhookSecret',
    method: 'post',
    path: `${path}/{id}/rotate-secret`,
    tags,
    summary: 'Give a webhook endpoint a new secret',
    description:
      'For `overlap_seconds` more each webhook has two signatures, separated by a space: one by the new secret and one by the secret before. Rotating again meanwhile ends the older of the two.',
    security,
    request: {
      params,
      body: body(
        z
          .strictObject({
            overlap_seconds: z
              .int()
              .min(0)
              .max(SECRET_OVERLAP_SECONDS_MAX)
              .default(SECRET_OVERLAP_SECONDS)
              .openapi({ description: 'For how long the secret before is valid as well' }),
          })
          .openapi('RotateWebhookSecret'),
      ),
    },
    responses: {
      201: made(NewWebhookEndpoint, 'webhook endpoint', 'The endpoint; `secret` is shown this once'),
      ...problems(...bodyProblems, 'webhook_endpoint_not_found', 'key_exceeds_own'),
    },
  }),
)

const testWebhookEndpoint = createRoute(
  onceByKey({
    operationId: 'testWebhookEndpoint',
    method: 'post',
    path: `${path}/{id}/test`,
    tags,
    summary: 'Send a test event to a webhook endpoint',
    description:
      '`webhook_endpoint.tested` is sent to this endpoint alone. What it answered is in the log of its deliveries.',
    security,
    request: { params },
    responses: {
      202: made(WebhookTest, 'deliveries of the endpoint', 'The event that is being sent'),
      ...problems(
        'invalid_request',
        'webhook_endpoint_not_found',
        'webhook_endpoint_disabled',
        'key_exceeds_own',
      ),
    },
  }),
)

const recoverWebhookEndpoint = createRoute({
  operationId: 'recoverWebhookEndpoint',
  method: 'post',
  path: `${path}/{id}/recover`,
  tags,
  summary: 'Have everything sent again that a webhook endpoint has not taken since a time',
  description: `Also what happened while it was disabled, and events that were given up, in order. Up to ${RECOVER_DAYS_MAX} days back. What it has taken is not sent again.`,
  security,
  request: {
    params,
    body: body(z.strictObject({ since: TimeInput }).openapi('RecoverWebhookEndpoint')),
  },
  responses: {
    202: json(WebhookEndpoint, 'The endpoint; `recovering_since` is there until everything is planned'),
    ...problems(
      ...bodyProblems,
      'webhook_endpoint_not_found',
      'webhook_endpoint_disabled',
      'invalid_period',
      'key_exceeds_own',
    ),
  },
})

export const webhookEndpointOperations = {
  listWebhookEndpoints,
  createWebhookEndpoint,
  getWebhookEndpoint,
  updateWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  testWebhookEndpoint,
  recoverWebhookEndpoint,
}

export function mountWebhookEndpoints(app: Gateway, { webhooks }: Dependencies): void {
  app.openapi(listWebhookEndpoints, async (c) => {
    const page = await listEndpoints(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, WebhookEndpointPage, wire(page))
  })

  app.openapi(createWebhookEndpoint, async (c) => {
    const wanted = fromWire(c.req.valid('json'))
    await requireAllowed(c, webhooks, wanted.url)
    return replyWithSecret(c, webhooks, (ctx, secret) => createEndpoint(ctx, { ...wanted, secret }))
  })

  app.openapi(getWebhookEndpoint, async (c) => {
    const found = await getEndpoint(c.var.ctx, c.req.valid('param').id)
    setETag(c, found.version)
    return reply(c, 200, WebhookEndpoint, wire(found))
  })

  app.openapi(updateWebhookEndpoint, async (c) => {
    const wanted = fromWire(c.req.valid('json'))
    const precondition = readPrecondition(c)
    if (wanted.url !== undefined) await requireAllowed(c, webhooks, wanted.url)
    const changed = await changeEndpoint(c.var.ctx, { ...wanted, id: c.req.valid('param').id, precondition })
    setETag(c, changed.version)
    return reply(c, 200, WebhookEndpoint, wire(changed))
  })

  app.openapi(deleteWebhookEndpoint, async (c) => {
    await deleteEndpoint(c.var.ctx, c.req.valid('param').id)
    return c.body(null, 204)
  })

  app.openapi(rotateWebhookSecret, async (c) => {
    const { id } = c.req.valid('param')
    const { overlap_seconds: overlapSeconds } = c.req.valid('json')
    return replyWithSecret(c, webhooks, (ctx, secret) => rotateSecret(ctx, { id, overlapSeconds, secret }))
  })

  app.openapi(testWebhookEndpoint, async (c) => {
    const { id } = c.req.valid('param')
    return replyOnce(c, 202, WebhookTest, async (ctx) => {
      const value = wire(await testEndpoint(ctx, id))
      return { value, location: `${path}/${id}/deliveries?event_id=${value.event_id}` }
    })
  })

  app.openapi(recoverWebhookEndpoint, async (c) => {
    const { since } = fromWire(c.req.valid('json'))
    return reply(
      c,
      202,
      WebhookEndpoint,
      wire(await recoverEndpoint(c.var.ctx, c.req.valid('param').id, since)),
    )
  })
}

type Webhooks = NonNullable<Dependencies['webhooks']>

/** Asked before the work and outside its transaction: names are resolved. Throws Refusal: insufficient_scope, webhook_url_forbidden. */
async function requireAllowed(
  c: GatewayRequest,
  webhooks: Dependencies['webhooks'],
  url: string,
): Promise<void> {
  requireEndpoints(c.var.ctx)
  const reason = await setUp(webhooks).judge(url)
  if (reason === undefined) return
  throw new Refusal('webhook_url_forbidden', `Webhooks cannot be sent to this URL: ${reason}.`, { reason })
}

function setUp(webhooks: Dependencies['webhooks']): Webhooks {
  if (webhooks === undefined) throw new Refusal('unavailable', 'Webhooks are not set up.')
  return webhooks
}

/** The secret is in the first answer alone: it is not stored with it. Throws Refusal('unavailable') where there is no key for secrets. */
function replyWithSecret(
  c: GatewayRequest,
  webhooks: Dependencies['webhooks'],
  make: (ctx: AccountContext, secret: NewSecret) => Promise<View>,
) {
  requireEndpoints(c.var.ctx)
  const { key } = setUp(webhooks)
  let secret: string | undefined
  const work = async (ctx: AccountContext) => {
    const salt = newSecretSalt()
    const value = wire(await make(ctx, { salt, keyId: key.id }))
    secret = key.derive(value.id, salt)
    return { value, location: `${path}/${value.id}` }
  }
  return replyOnce(c, 201, NewWebhookEndpoint, work, async (answer) => ({ ...answer, secret }))
}
