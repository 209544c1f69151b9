import { accountTopics, endpointDisabledReasons } from '@droplock/rules/events'
import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time, TimeInput } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { deliveryStates, registrationEnds, registrationStates, renewalStates } from '../common/words.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, paging, Search } from './paging.ts'

const tags = ['Resellers']
const params = z.strictObject({ id: Id })

export const AccountSubAccount = z
  .object({
    id: Id,
    label: z.string(),
    monthly_limit: Money.optional(),
    spent: Money.openapi({ description: 'From the balance in `month` (UTC)' }),
    month: z.string(),
    created_at: Time,
  })
  .openapi('AccountSubAccount')

export const AccountSubAccountList = listOf(AccountSubAccount, 'AccountSubAccountList')

export const listAccountSubAccounts = createRoute({
  operationId: 'listAccountSubAccounts',
  method: 'get',
  path: '/api/accounts/{id}/sub-accounts',
  tags,
  summary: 'List the sub-accounts of an account with their spend limits',
  security: reads('money:read'),
  request: { params, query: z.strictObject(paging) },
  responses: {
    200: json(AccountSubAccountList, 'A page of sub-accounts'),
    ...readProblems('invalid_request'),
  },
})

export const AccountContact = z
  .object({
    id: Id,
    is_default: z.boolean(),
    details: z.object({
      name: z.string(),
      organization: z.string().optional(),
      city: z.string(),
      country: z.string(),
      email: z.string(),
    }),
    updated_at: Time,
    registries: z.array(
      z.object({
        registry: z.string(),
        handle: z.string(),
        state: z.enum(['created', 'pending', 'refused']),
        message: z.string().optional(),
      }),
    ),
  })
  .openapi('AccountContact')

export const AccountContactList = listOf(AccountContact, 'AccountContactList')

export const listAccountContacts = createRoute({
  operationId: 'listAccountContacts',
  method: 'get',
  path: '/api/accounts/{id}/contacts',
  tags,
  summary: 'List the contacts of an account and where they are at registries',
  security: reads('money:read'),
  request: { params, query: z.strictObject(paging) },
  responses: { 200: json(AccountContactList, 'A page of contacts'), ...readProblems('invalid_request') },
})

export const AccountRegistration = z
  .object({
    id: Id,
    backorder_id: Id,
    name: DomainName,
    state: z.enum(registrationStates),
    created_at: Time.openapi({ description: "The registry's creation date" }),
    expires_at: Time.openapi({ description: 'Until when its holder has paid' }),
    renewable_until: Time.optional(),
    ended_at: Time.optional(),
    end_reason: z.enum(registrationEnds).optional(),
    renewals: z.array(
      z.object({
        id: Id,
        state: z.enum(renewalStates),
        years: z.int(),
        price: Money,
        created_at: Time,
        new_expires_at: Time.optional(),
      }),
    ),
  })
  .openapi('AccountRegistration')

export const AccountRegistrationList = listOf(AccountRegistration, 'AccountRegistrationList')

export const listAccountRegistrations = createRoute({
  operationId: 'listAccountRegistrations',
  method: 'get',
  path: '/api/accounts/{id}/registrations',
  tags,
  summary: 'List the registrations of an account with their renewals, newest first',
  security: reads('money:read'),
  request: {
    params,
    query: z.strictObject({ ...paging, q: Search, state: z.enum(registrationStates).optional() }),
  },
  responses: {
    200: json(AccountRegistrationList, 'A page of registrations'),
    ...readProblems('invalid_request'),
  },
})

export const AccountEndpoint = z
  .object({
    id: Id,
    url: z.string(),
    description: z.string().optional(),
    topics: z.array(z.enum(accountTopics)).optional().openapi({ description: 'Left out: every topic' }),
    enabled: z.boolean(),
    created_at: Time,
    disabled_at: Time.optional(),
    disabled_reason: z.enum(endpointDisabledReasons).optional(),
    failing_since: Time.optional().openapi({ description: 'Since when nothing that was sent succeeded' }),
    last_delivered_at: Time.optional(),
    recovering_since: Time.optional().openapi({ description: 'What was missed since then is sent again' }),
  })
  .openapi('AccountEndpoint')

export const AccountEndpointList = listOf(AccountEndpoint, 'AccountEndpointList')

export const AccountDelivery = z
  .object({
    id: Id,
    event_id: Id,
    topic: z.enum(accountTopics),
    subject_id: Id,
    state: z.enum(deliveryStates),
    waits: z.boolean().openapi({ description: 'An earlier event about the same subject is on its way' }),
    next_attempt_at: Time.optional(),
    created_at: Time,
    decided_at: Time.optional(),
    attempts: z.array(
      z.object({
        attempted_at: Time,
        duration_ms: z.int(),
        status: z.int().optional(),
        answer: z.string().optional(),
        failure: z.string().optional(),
      }),
    ),
  })
  .openapi('AccountDelivery')

export const AccountDeliveryList = listOf(AccountDelivery, 'AccountDeliveryList')

export const listAccountEndpoints = createRoute({
  operationId: 'listAccountEndpoints',
  method: 'get',
  path: '/api/accounts/{id}/webhook-endpoints',
  tags,
  summary: 'List the webhook endpoints of an account with their state',
  security: reads('money:read'),
  request: { params, query: z.strictObject(paging) },
  responses: { 200: json(AccountEndpointList, 'A page of endpoints'), ...readProblems('invalid_request') },
})

const ofEndpoint = z.strictObject({ id: Id, endpoint_id: Id })

export const listAccountDeliveries = createRoute({
  operationId: 'listAccountDeliveries',
  method: 'get',
  path: '/api/accounts/{id}/webhook-endpoints/{endpoint_id}/deliveries',
  tags,
  summary: 'List what an endpoint was sent and is to be sent, with attempts and answers, newest first',
  security: reads('money:read'),
  request: {
    params: ofEndpoint,
    query: z.strictObject({ ...paging, state: z.enum(deliveryStates).optional() }),
  },
  responses: {
    200: json(AccountDeliveryList, 'A page of deliveries'),
    ...readProblems('invalid_request', 'webhook_endpoint_not_found'),
  },
})

export const retryAccountDelivery = createRoute({
  operationId: 'retryAccountDelivery',
  method: 'post',
  path: '/api/accounts/{id}/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/retry',
  tags,
  summary: 'Send one delivery again',
  security: changes('webhooks:replay'),
  request: {
    params: z.strictObject({ id: Id, endpoint_id: Id, delivery_id: Id }),
    body: body(z.strictObject({ reason: Reason }).openapi('RetryDelivery')),
  },
  responses: {
    200: json(AccountDelivery, 'The delivery, on its way'),
    ...changeProblems(
      'reason_required',
      'webhook_endpoint_not_found',
      'webhook_delivery_not_found',
      'webhook_endpoint_disabled',
    ),
  },
})

export const recoverAccountEndpoint = createRoute({
  operationId: 'recoverAccountEndpoint',
  method: 'post',
  path: '/api/accounts/{id}/webhook-endpoints/{endpoint_id}/recover',
  tags,
  summary: 'Send again what an endpoint has not taken since a time',
  security: changes('webhooks:replay'),
  request: {
    params: ofEndpoint,
    body: body(z.strictObject({ since: TimeInput, reason: Reason }).openapi('RecoverEndpoint')),
  },
  responses: {
    200: json(AccountEndpoint, 'The endpoint'),
    ...changeProblems(
      'reason_required',
      'webhook_endpoint_not_found',
      'webhook_endpoint_disabled',
      'invalid_period',
    ),
  },
})
