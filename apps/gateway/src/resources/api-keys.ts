import { createHash, randomBytes } from 'node:crypto'
import { NETWORKS_MAX, Network } from '@droplock/contracts/common/network'
import { line } from '@droplock/contracts/common/party'
import { Id, Time, TimeInput } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, json } from '@droplock/contracts/common/responses'
import {
  type AccountKey,
  changeAccountKey,
  getAccountKey,
  listAccountKeys,
  makeAccountKey,
  OVERLAP_SECONDS_MAX,
  revokeAccountKey,
  rotateAccountKey,
} from '@droplock/core/account-keys'
import type { AccountContext } from '@droplock/core/context'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import { scopes } from '@droplock/rules/accounts'
import { API_KEY_OCTETS, apiKeyText } from '@droplock/rules/api-key-text'
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
import type { Gateway, GatewayRequest } from '../gateway.ts'
import { replyOnce } from '../http/once.ts'
import { readPrecondition, setETag } from '../http/preconditions.ts'

const terms = {
  label: line(100).openapi({ description: 'What the key is for', example: 'shop backend' }),
  expires_at: TimeInput.optional().openapi({
    description: 'When it is refused from; left out: as the key of this request',
  }),
  allowed_addresses: z.array(Network).min(1).max(NETWORKS_MAX).optional().openapi({
    description:
      'The addresses and networks (CIDR) from which alone it is accepted; IPv6 networks have at most 64 bits. Left out: as the key of this request',
  }),
}

const key = {
  id: Id,
  label: z.string(),
  scopes: z.array(z.enum(scopes)),
  created_at: Time,
  expires_at: Time.optional(),
  allowed_addresses: z.array(z.string()).optional(),
  last_used_on: z.iso.date().optional().openapi({ description: 'The last day (UTC) on which it was used' }),
  revoked_at: Time.optional(),
  replaces_id: Id.optional().openapi({ description: 'The key in whose place this one was made' }),
  sub_account_id: Id.optional().openapi({ description: 'It acts for this sub-account alone' }),
  current: z.boolean().openapi({ description: 'This is the key of the request' }),
}

export const ApiKey = z.object(key).openapi('ApiKey')
export const ApiKeyPage = pageOf(ApiKey, 'ApiKeyPage')
export const NewApiKey = z
  .object({
    ...key,
    key: z.string().optional().openapi({
      description:
        'The key itself. It is shown this once and stored nowhere: it is absent when the answer is given again for the same `Idempotency-Key`. Rotate a key whose text was lost',
      example: 'dlk_test_…',
    }),
  })
  .openapi('NewApiKey')

const tags = ['API keys']
const params = z.strictObject({ id: Id })
const security = keyWith('keys:manage')

const listApiKeys = createRoute({
  operationId: 'listApiKeys',
  method: 'get',
  path: '/v1/api-keys',
  tags,
  summary: "List the account's API keys, newest first",
  description: 'Keys are shown without their secrets. `current` marks the key of this request.',
  security,
  request: { query: z.strictObject({ cursor: Cursor, limit: Limit }) },
  responses: {
    200: json(ApiKeyPage, 'A page of keys, without the keys themselves'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_cursor'),
  },
})

const createApiKey = createRoute(
  onceByKey({
    operationId: 'createApiKey',
    method: 'post',
    path: '/v1/api-keys',
    tags,
    summary: 'Make an API key',
    description:
      'It never grants more than the key of this request: no other scopes, no longer, from no other addresses.',
    security,
    request: {
      body: body(
        z
          .strictObject({ ...terms, scopes: z.array(z.enum(scopes)).min(1), sub_account_id: Id.optional() })
          .openapi('CreateApiKey'),
      ),
    },
    responses: {
      201: made(NewApiKey, 'API key', 'The new key; `key` is shown this once'),
      ...problems(
        ...bodyProblems,
        'key_exceeds_own',
        'api_key_limit_reached',
        'invalid_period',
        'sub_account_not_found',
      ),
    },
  }),
)

const getApiKey = createRoute({
  operationId: 'getApiKey',
  method: 'get',
  path: '/v1/api-keys/{id}',
  tags,
  summary: 'Read an API key',
  description: 'The answer has the `ETag` that an edit needs.',
  security,
  request: { params },
  responses: { 200: versioned(ApiKey, 'The key'), ...problems('invalid_request', 'api_key_not_found') },
})

const updateApiKey = createRoute(
  onlyIfUnchanged({
    operationId: 'updateApiKey',
    method: 'patch',
    path: '/v1/api-keys/{id}',
    tags,
    summary: 'Change the label, the expiry or the addresses of an API key',
    description:
      'What is left out stays; `null` removes a limit that the key of this request does not have. Scopes never change: make another key.',
    security,
    request: {
      params,
      body: body(
        z
          .strictObject({
            label: terms.label.optional(),
            expires_at: TimeInput.nullish(),
            allowed_addresses: z.array(Network).min(1).max(NETWORKS_MAX).nullish(),
          })
          .openapi('UpdateApiKey'),
      ),
    },
    responses: {
      200: versioned(ApiKey, 'The key as it is now'),
      ...problems(
        ...bodyProblems,
        'api_key_not_found',
        'api_key_revoked',
        'key_exceeds_own',
        'invalid_period',
      ),
    },
  }),
)

const rotateApiKey = createRoute(
  onceByKey({
    operationId: 'rotateApiKey',
    method: 'post',
    path: '/v1/api-keys/{id}/rotate',
    tags,
    summary: 'Replace an API key by a new one',
    description:
      'The new key has the same scopes and limits. The old one is accepted for `overlap_seconds` more.',
    security,
    request: {
      params,
      body: body(
        z.strictObject({ overlap_seconds: z.int().min(0).max(OVERLAP_SECONDS_MAX) }).openapi('RotateApiKey'),
      ),
    },
    responses: {
      201: made(NewApiKey, 'API key', 'The new key; `key` is shown this once'),
      ...problems(
        ...bodyProblems,
        'api_key_not_found',
        'api_key_revoked',
        'key_exceeds_own',
        'api_key_limit_reached',
      ),
    },
  }),
)

const revokeApiKey = createRoute({
  operationId: 'revokeApiKey',
  method: 'delete',
  path: '/v1/api-keys/{id}',
  tags,
  summary: 'Revoke an API key, at once and for good',
  description: 'A key may revoke itself. Revoking it again changes nothing.',
  security,
  request: { params },
  responses: { 200: json(ApiKey, 'The revoked key'), ...problems('invalid_request', 'api_key_not_found') },
})

export const apiKeyOperations = {
  listApiKeys,
  createApiKey,
  getApiKey,
  updateApiKey,
  rotateApiKey,
  revokeApiKey,
}

export function mountApiKeys(app: Gateway): void {
  app.openapi(listApiKeys, async (c) => {
    const page = await listAccountKeys(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, ApiKeyPage, wire(page))
  })

  app.openapi(createApiKey, async (c) => {
    const wanted = fromWire(c.req.valid('json'))
    return replyWithKey(c, (ctx, secret) => makeAccountKey(ctx, { ...wanted, ...secret }))
  })

  app.openapi(getApiKey, async (c) => {
    const found = await getAccountKey(c.var.ctx, c.req.valid('param').id)
    setETag(c, found.version)
    return reply(c, 200, ApiKey, wire(found))
  })

  app.openapi(updateApiKey, async (c) => {
    const wanted = fromWire(c.req.valid('json'))
    const change = { ...wanted, id: c.req.valid('param').id, precondition: readPrecondition(c) }
    const changed = await changeAccountKey(c.var.ctx, change)
    setETag(c, changed.version)
    return reply(c, 200, ApiKey, wire(changed))
  })

  app.openapi(rotateApiKey, async (c) => {
    const { id } = c.req.valid('param')
    const { overlap_seconds: overlapSeconds } = c.req.valid('json')
    return replyWithKey(c, (ctx, secret) => rotateAccountKey(ctx, { id, overlapSeconds, ...secret }))
  })

  app.openapi(revokeApiKey, async (c) =>
    reply(c, 200, ApiKey, wire(await revokeAccountKey(c.var.ctx, c.req.valid('param').id))),
  )
}

/** The key is in the first answer alone: it is not stored with it. */
function replyWithKey(
  c: GatewayRequest,
  make: (ctx: AccountContext, secret: { readonly keySha256: Buffer }) => Promise<AccountKey>,
) {
  let text: string | undefined
  const work = async (ctx: AccountContext) => {
    text = apiKeyText(c.var.mode, randomBytes(API_KEY_OCTETS))
    const value = wire(await make(ctx, { keySha256: createHash('sha256').update(text).digest() }))
    return { value, location: `/v1/api-keys/${value.id}` }
  }
  return replyOnce(c, 201, NewApiKey, work, async (answer) => ({ ...answer, key: text }))
}
