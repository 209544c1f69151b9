import { roles } from '@droplock/rules/staff'
import { createRoute, z } from '@hono/zod-openapi'
import { Id, Time, text } from '../common/primitives.ts'
import { body, bodyProblems, json, problemResponses } from '../common/responses.ts'

/** The longest password that is hashed. */
const PASSWORD_CHARACTERS_MAX = 1_000

const SignIn = z
  .strictObject({
    email: text(320).min(3).openapi({ example: 'operator@example.com' }),
    password: text(PASSWORD_CHARACTERS_MAX).min(1).openapi({ format: 'password' }),
  })
  .openapi('SignIn')

const Staff = z
  .object({ id: Id, email: z.string(), name: z.string(), roles: z.array(z.enum(roles)) })
  .openapi('Staff')

export const Session = z
  .object({
    staff: Staff,
    csrf_token: z.string().openapi({ description: 'Send it as `X-CSRF-Token` with every change' }),
    expires_at: Time.openapi({
      description: 'When the session ends at the latest; it ends earlier when it is not used',
    }),
  })
  .openapi('Session')

const path = '/api/session'
const tags = ['Session']

export const signIn = createRoute({
  path,
  tags,
  operationId: 'signIn',
  method: 'post',
  summary: 'Sign in',
  description:
    'Opens a session in a cookie that scripts cannot read. Attempts are counted by network and by e-mail address, whether the address is known or not.',
  security: [],
  request: { body: body(SignIn) },
  responses: {
    200: json(Session, 'The session'),
    ...problemResponses([
      'malformed_text',
      ...bodyProblems,
      'invalid_credentials',
      'sign_in_locked',
      'cross_site_request',
      'try_again',
      'unavailable',
      'internal_error',
    ]),
  },
})

export const getSession = createRoute({
  path,
  tags,
  operationId: 'getSession',
  method: 'get',
  summary: 'Read who is signed in',
  security: [{ session: [] }],
  responses: {
    200: json(Session, 'The session'),
    ...problemResponses(['malformed_text', 'session_required', 'try_again', 'unavailable', 'internal_error']),
  },
})

export const signOut = createRoute({
  path,
  tags,
  operationId: 'signOut',
  method: 'delete',
  summary: 'Sign out',
  security: [{ session: [], csrf: [] }],
  responses: {
    204: { description: 'The session has ended' },
    ...problemResponses([
      'malformed_text',
      'session_required',
      'csrf_token_invalid',
      'cross_site_request',
      'try_again',
      'unavailable',
      'internal_error',
    ]),
  },
})

export const forgetDevices = createRoute({
  path: '/api/session/devices',
  tags,
  operationId: 'forgetDevices',
  method: 'delete',
  summary: 'Forget the known devices',
  description:
    'A device is known for 90 days after a sign-in, by its own cookie; on a known device, attempts of other people do not delay your sign-in. This forgets all of your devices.',
  security: [{ session: [], csrf: [] }],
  responses: {
    204: { description: 'No device is known any more' },
    ...problemResponses([
      'malformed_text',
      'session_required',
      'csrf_token_invalid',
      'cross_site_request',
      'try_again',
      'unavailable',
      'internal_error',
    ]),
  },
})
