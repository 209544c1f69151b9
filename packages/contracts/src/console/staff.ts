import { isMailAddress } from '@droplock/rules/notifications'
import { roles } from '@droplock/rules/staff'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Time, text } from '../common/primitives.ts'
import { body, bodyProblems, json, problemResponses } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { StaffSessionList } from './own-access.ts'
import { Flag, listOf, paging } from './paging.ts'

const name = text(100).min(1).openapi({ example: 'Ann Operator' })
const heldRoles = z.array(z.enum(roles)).min(1).max(roles.length)

export const StaffMember = z
  .object({
    id: Id,
    email: z.string(),
    name: z.string(),
    roles: z.array(z.enum(roles)),
    version: z.int().openapi({ description: 'Increases with every change of name and roles' }),
    created_at: Time,
    signed_in_at: Time.optional().openapi({ description: 'The last sign-in; absent: never' }),
    disabled_at: Time.optional(),
    has_password: z.boolean(),
    has_identity: z.boolean().openapi({ description: 'Known to the identity provider' }),
    second_factor_since: Time.optional(),
    link_expires_at: Time.optional().openapi({
      description: 'A link to choose a password is on its way, and can be used until then',
    }),
    open_sessions: z.int(),
  })
  .openapi('StaffMember')

export const StaffList = listOf(StaffMember, 'StaffList')

/** What became of a link. */
export const SentLink = z
  .object({
    staff: StaffMember,
    expires_at: Time,
    delivery: z.enum(['mailed', 'not_mailed', 'shown']).openapi({
      description:
        '`not_mailed`: the mail server did not take it; `answer` says why. `shown`: there is no mail server, and `path` is shown this once',
    }),
    answer: z.string().optional(),
    path: z.string().optional().openapi({ description: 'The link, on the console’s own address' }),
  })
  .openapi('SentLink')

const tags = ['Staff']
const path = '/api/staff'
const params = z.strictObject({ id: Id })
const reasoned = body(z.strictObject({ reason: Reason }).openapi('StaffReason'))
const answer = json(StaffMember, 'The person')

export const listStaff = createRoute({
  operationId: 'listStaff',
  method: 'get',
  path,
  tags,
  summary: 'List the people of the console by address, disabled ones last',
  security: reads('staff:read'),
  request: {
    query: z.strictObject({
      ...paging,
      q: text(100).min(1).optional().openapi({ description: 'A part of a name or address' }),
      role: z.enum(roles).optional(),
      disabled: Flag,
    }),
  },
  responses: { 200: json(StaffList, 'A page of people'), ...readProblems('invalid_request') },
})

export const getStaffMember = createRoute({
  operationId: 'getStaffMember',
  method: 'get',
  path: `${path}/{id}`,
  tags,
  summary: 'Read a person of the console',
  security: reads('staff:read'),
  request: { params },
  responses: { 200: answer, ...readProblems('invalid_request', 'staff_not_found') },
})

export const inviteStaff = createRoute({
  operationId: 'inviteStaff',
  method: 'post',
  path,
  tags,
  summary: 'Invite a person, who chooses a password by a link',
  description:
    'The link is mailed. Where the server has no mail server, the answer shows it this once. It is used once, and expires after three days.',
  security: changes('staff:manage'),
  request: {
    body: body(
      z
        .strictObject({
          email: text(320).refine(isMailAddress, 'must be one email address').openapi({ format: 'email' }),
          name,
          roles: heldRoles,
          reason: Reason,
        })
        .openapi('InviteStaff'),
    ),
  },
  responses: {
    201: json(SentLink, 'The person, and what became of the link'),
    ...changeProblems('reason_required', 'staff_exists'),
  },
})

export const changeStaffMember = createRoute({
  operationId: 'changeStaffMember',
  method: 'post',
  path: `${path}/{id}`,
  tags,
  summary: 'Change the name and the roles of another person',
  description: 'Open sessions have the new roles from their next request on.',
  security: changes('staff:manage'),
  request: {
    params,
    body: body(
      z
        .strictObject({
          name,
          roles: heldRoles,
          version: z.int().min(1).openapi({ description: 'The version that is changed' }),
          reason: Reason,
        })
        .openapi('ChangeStaffMember'),
    ),
  },
  responses: {
    200: answer,
    ...changeProblems('reason_required', 'staff_not_found', 'staff_changed', 'own_account', 'last_admin'),
  },
})

export const disableStaffMember = createRoute({
  operationId: 'disableStaffMember',
  method: 'post',
  path: `${path}/{id}/disable`,
  tags,
  summary: 'Disable another person at once',
  description:
    'Sessions end, devices are forgotten, and requests of theirs that are still running are not committed.',
  security: changes('staff:manage'),
  request: { params, body: reasoned },
  responses: {
    200: answer,
    ...changeProblems('reason_required', 'staff_not_found', 'own_account', 'last_admin'),
  },
})

export const enableStaffMember = createRoute({
  operationId: 'enableStaffMember',
  method: 'post',
  path: `${path}/{id}/enable`,
  tags,
  summary: 'Enable a person who was disabled',
  security: changes('staff:manage'),
  request: { params, body: reasoned },
  responses: { 200: answer, ...changeProblems('reason_required', 'staff_not_found') },
})

export const sendPasswordLink = createRoute({
  operationId: 'sendPasswordLink',
  method: 'post',
  path: `${path}/{id}/password-link`,
  tags,
  summary: 'Take the password of another person away and send a link to choose another',
  description: 'Sessions end and devices are forgotten. An earlier link opens nothing any more.',
  security: changes('staff:manage'),
  request: { params, body: reasoned },
  responses: {
    200: json(SentLink, 'The person, and what became of the link'),
    ...changeProblems('reason_required', 'staff_not_found', 'own_account', 'staff_disabled'),
  },
})

export const resetStaffSecondFactor = createRoute({
  operationId: 'resetStaffSecondFactor',
  method: 'post',
  path: `${path}/{id}/second-factor/reset`,
  tags,
  summary: 'Remove the second factor of another person',
  description: 'Recovery codes are removed too, and sessions end.',
  security: changes('staff:manage'),
  request: { params, body: reasoned },
  responses: {
    200: answer,
    ...changeProblems('reason_required', 'staff_not_found', 'own_account', 'second_factor_not_found'),
  },
})

export const listStaffSessions = createRoute({
  operationId: 'listStaffSessions',
  method: 'get',
  path: `${path}/{id}/sessions`,
  tags,
  summary: 'List the open sessions of a person, last used first',
  security: reads('staff:read'),
  request: { params, query: z.strictObject(paging) },
  responses: { 200: json(StaffSessionList, 'A page of sessions'), ...readProblems('invalid_request') },
})

export const endStaffSessions = createRoute({
  operationId: 'endStaffSessions',
  method: 'post',
  path: `${path}/{id}/sessions/end`,
  tags,
  summary: 'End the open sessions of another person, or one of them',
  security: changes('staff:manage'),
  request: {
    params,
    body: body(
      z
        .strictObject({
          session_id: Id.optional().openapi({ description: 'Left out: all of them' }),
          reason: Reason,
        })
        .openapi('EndStaffSessions'),
    ),
  },
  responses: {
    200: answer,
    ...changeProblems('reason_required', 'staff_not_found', 'own_account', 'staff_session_not_found'),
  },
})

/** In the body, so that the token is in no log of addresses. */
const Token = text(100).min(20).openapi({ description: 'What follows # in the link' })

const linkProblems = [
  'malformed_text',
  ...bodyProblems,
  'staff_link_invalid',
  'cross_site_request',
  'try_again',
  'unavailable',
  'internal_error',
] as const

export const StaffLink = z
  .object({ email: z.string(), name: z.string(), expires_at: Time })
  .openapi('StaffLink')

export const readStaffLink = createRoute({
  operationId: 'readStaffLink',
  method: 'post',
  path: '/api/staff-link',
  tags,
  summary: 'Read whose link to choose a password it is',
  security: [],
  request: { body: body(z.strictObject({ token: Token }).openapi('ReadStaffLink')) },
  responses: { 200: json(StaffLink, 'Whose it is'), ...problemResponses(linkProblems) },
})

export const choosePassword = createRoute({
  operationId: 'choosePassword',
  method: 'post',
  path: '/api/staff-link/password',
  tags,
  summary: 'Choose a password by a link',
  description: 'The link is used up. Sessions of the person end, and they sign in with the new password.',
  security: [],
  request: {
    body: body(
      z
        .strictObject({ token: Token, password: text(1_000).min(1).openapi({ format: 'password' }) })
        .openapi('ChoosePassword'),
    ),
  },
  responses: {
    204: { description: 'The password was chosen' },
    ...problemResponses([...linkProblems, 'password_too_common', 'password_too_short']),
  },
})
