import { Id, NameInput, Time, TimeInput, text } from '@droplock/contracts/common/primitives'
import { body, bodyProblems, json } from '@droplock/contracts/common/responses'
import {
  registrationRequestKinds,
  registrationRequestStates,
  registrationStates,
} from '@droplock/contracts/common/words'
import { showAuthCode as show } from '@droplock/core/auth-codes/show'
import * as registrations from '@droplock/core/registrations/read'
import * as requests from '@droplock/core/registrations/read-requests'
import * as core from '@droplock/core/registrations/request'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import {
  HOST_ADDRESSES_MAX,
  NAME_SERVERS_MAX,
  NAME_SERVERS_MIN,
} from '@droplock/rules/registrations/name-servers'
import { createRoute, z } from '@hono/zod-openapi'
import { askedPage, Cursor, keyWith, Limit, made, problems } from '../contract.ts'
import type { Dependencies, Gateway } from '../gateway.ts'
import { RoleContacts } from './contacts.ts'
import { readName } from './listings.ts'
import {
  Registration,
  RegistrationPage,
  RegistrationRequest,
  RegistrationRequestPage,
} from './registration-views.ts'

/** Unknown members are refused: a misspelt one must not be ignored. */
const NameServerInput = z.strictObject({
  name: NameInput,
  addresses: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .max(HOST_ADDRESSES_MAX)
    .optional()
    .openapi({
      type: 'array',
      items: { type: 'string' },
      maxItems: HOST_ADDRESSES_MAX,
      description: 'IPv4 and IPv6 addresses: required for a host below the name itself, refused for others',
      example: ['192.0.2.1', '2001:db8::1'],
    }),
})

const SetNameServers = z
  .strictObject({
    name_servers: z.array(NameServerInput).min(NAME_SERVERS_MIN).max(NAME_SERVERS_MAX),
  })
  .openapi('SetNameServers')

const SetContacts = z
  .strictObject({
    contact_id: z.uuid().openapi({ description: 'The registrant, and every role that is not given' }),
    role_contacts: RoleContacts.optional(),
  })
  .openapi('SetContacts')

export const AuthCode = z
  .object({
    auth_code: z.string().openapi({ description: 'For the registrar that the name is transferred to' }),
    valid_until: Time,
  })
  .openapi('AuthCode')

const tags = ['Registrations']
const params = z.strictObject({ id: Id })

const listRegistrations = createRoute({
  operationId: 'listRegistrations',
  method: 'get',
  path: '/v1/registrations',
  tags,
  summary: 'List caught names, newest first',
  description: 'Names that were caught for your account, including those that have ended.',
  security: keyWith('registrations:read'),
  request: {
    query: z.strictObject({
      name: NameInput.optional(),
      zone: text(63).optional().openapi({ description: 'A-labels, lower case', example: 'com' }),
      backorder_id: z.uuid().optional(),
      state: z.enum(registrationStates).optional(),
      expires_from: TimeInput.optional().openapi({ description: 'Expires at this time or later' }),
      expires_before: TimeInput.optional().openapi({ description: 'Expires before this time' }),
      cursor: Cursor,
      limit: Limit,
    }),
  },
  responses: {
    200: json(RegistrationPage, 'A page of registrations'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_name', 'invalid_cursor'),
  },
})

const getRegistration = createRoute({
  operationId: 'getRegistration',
  method: 'get',
  path: '/v1/registrations/{id}',
  tags,
  summary: 'Read a registration',
  description:
    'Name servers, contacts and statuses are as the registry last reported them, at `confirmed_at`.',
  security: keyWith('registrations:read'),
  request: { params },
  responses: {
    200: json(Registration, 'The registration'),
    ...problems('invalid_request', 'registration_not_found'),
  },
})

const requested =
  'The request is filed, or the same one was in progress. Read it until it has succeeded or failed, or wait for its event'

const setNameServers = createRoute({
  operationId: 'setNameServers',
  method: 'put',
  path: '/v1/registrations/{id}/name-servers',
  tags,
  summary: 'Change the name servers of a name',
  description:
    'The list replaces the name servers of the name. Hosts that the registry does not know are created there; a host below the name itself gets exactly the given addresses (glue). It is carried out outside of drops. A name has one change of its name servers at a time; repeating the request while it is in progress returns the same one.',
  security: keyWith('registrations:write'),
  request: { params, body: body(SetNameServers) },
  responses: {
    202: made(RegistrationRequest, 'request', requested),
    ...problems(
      ...bodyProblems,
      'registration_not_found',
      'registration_ended',
      'invalid_name',
      'invalid_name_servers',
      'registration_request_pending',
    ),
  },
})

const setContacts = createRoute({
  operationId: 'setContacts',
  method: 'put',
  path: '/v1/registrations/{id}/contacts',
  tags,
  summary: 'Change the contacts of a name',
  description:
    'The latest version of each contact is made at the registry if it is not there yet, and set for every role that the registry keeps. A name has one change of its contacts at a time; repeating the request while it is in progress returns the same one.',
  security: keyWith('registrations:write'),
  request: { params, body: body(SetContacts) },
  responses: {
    202: made(RegistrationRequest, 'request', requested),
    ...problems(
      ...bodyProblems,
      'registration_not_found',
      'registration_ended',
      'contact_not_found',
      'contacts_not_used',
      'registration_request_pending',
    ),
  },
})

const requestAuthCode = createRoute({
  operationId: 'requestAuthCode',
  method: 'post',
  path: '/v1/registrations/{id}/auth-code',
  tags,
  summary: 'Request an auth code, to transfer a name to another registrar',
  description:
    'A new auth code is set at the registry; an earlier one is no longer valid. When the request has succeeded, show it with `POST /v1/registration-requests/{id}/auth-code`. It is valid for a week. While an auth code is being set, repeating the request returns the same one.',
  security: keyWith('registrations:write'),
  request: { params },
  responses: {
    202: made(RegistrationRequest, 'request', requested),
    ...problems('invalid_request', 'registration_not_found', 'registration_ended', 'auth_code_unavailable'),
  },
})

const listRegistrationRequests = createRoute({
  operationId: 'listRegistrationRequests',
  method: 'get',
  path: '/v1/registration-requests',
  tags,
  summary: 'List requests for changes of registrations, newest first',
  description:
    'Changes of name servers and contacts, and auth codes. A request is sent to the registry within seconds.',
  security: keyWith('registrations:read'),
  request: {
    query: z.strictObject({
      registration_id: z.uuid().optional(),
      kind: z.enum(registrationRequestKinds).optional(),
      state: z.enum(registrationRequestStates).optional(),
      cursor: Cursor,
      limit: Limit,
    }),
  },
  responses: {
    200: json(RegistrationRequestPage, 'A page of requests'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_cursor'),
  },
})

const getRegistrationRequest = createRoute({
  operationId: 'getRegistrationRequest',
  method: 'get',
  path: '/v1/registration-requests/{id}',
  tags,
  summary: 'Read a request for a change of a registration',
  description:
    'Poll it, or wait for the event `registration_request.succeeded` or `registration_request.failed`.',
  security: keyWith('registrations:read'),
  request: { params },
  responses: {
    200: json(RegistrationRequest, 'The request'),
    ...problems('invalid_request', 'registration_request_not_found'),
  },
})

const showAuthCode = createRoute({
  operationId: 'showAuthCode',
  method: 'post',
  path: '/v1/registration-requests/{id}/auth-code',
  tags,
  summary: 'Show an auth code, once',
  description:
    'The auth code is stored nowhere and can be shown once. If the answer is lost, request another one.',
  security: keyWith('registrations:write'),
  request: { params },
  responses: {
    200: json(AuthCode, 'The auth code'),
    ...problems(
      'invalid_request',
      'registration_request_not_found',
      'auth_code_not_ready',
      'auth_code_shown',
      'auth_code_expired',
      'auth_code_unavailable',
    ),
  },
})

export const registrationOperations = {
  listRegistrations,
  getRegistration,
  setNameServers,
  setContacts,
  requestAuthCode,
  listRegistrationRequests,
  getRegistrationRequest,
  showAuthCode,
}

export function mountRegistrations(app: Gateway, { authCodes }: Dependencies): void {
  app.openapi(listRegistrations, async (c) => {
    const { name, ...query } = askedPage(c.req.valid('query'))
    const named = name === undefined ? {} : { name: readName(name) }
    return reply(
      c,
      200,
      RegistrationPage,
      wire(await registrations.listRegistrations(c.var.ctx, { ...query, ...named })),
    )
  })

  app.openapi(getRegistration, async (c) =>
    reply(
      c,
      200,
      Registration,
      wire(await registrations.getRegistration(c.var.ctx, c.req.valid('param').id)),
    ),
  )

  app.openapi(setNameServers, async (c) => {
    const wanted = c.req.valid('json').name_servers.map(({ name, addresses }) => ({
      name: readName(name),
      ...(addresses !== undefined && { addresses }),
    }))
    const request = await core.setNameServers(c.var.ctx, {
      registrationId: c.req.valid('param').id,
      wanted,
    })
    c.header('Location', `/v1/registration-requests/${request.id}`)
    return reply(c, 202, RegistrationRequest, wire(request))
  })

  app.openapi(setContacts, async (c) => {
    const { contact_id: contactId, role_contacts: roleContacts } = c.req.valid('json')
    const request = await core.setContacts(c.var.ctx, {
      registrationId: c.req.valid('param').id,
      contactId,
      ...(roleContacts !== undefined && { roleContacts: fromWire(roleContacts) }),
    })
    c.header('Location', `/v1/registration-requests/${request.id}`)
    return reply(c, 202, RegistrationRequest, wire(request))
  })

  app.openapi(requestAuthCode, async (c) => {
    const request = await core.requestAuthCode(c.var.ctx, c.req.valid('param').id, authCodes)
    c.header('Location', `/v1/registration-requests/${request.id}`)
    return reply(c, 202, RegistrationRequest, wire(request))
  })

  app.openapi(listRegistrationRequests, async (c) => {
    const page = await requests.listRegistrationRequests(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, RegistrationRequestPage, wire(page))
  })

  app.openapi(getRegistrationRequest, async (c) =>
    reply(
      c,
      200,
      RegistrationRequest,
      wire(await requests.getRegistrationRequest(c.var.ctx, c.req.valid('param').id)),
    ),
  )

  app.openapi(showAuthCode, async (c) =>
    reply(c, 200, AuthCode, wire(await show(c.var.ctx, c.req.valid('param').id, authCodes))),
  )
}
