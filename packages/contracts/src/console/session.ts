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

/** Six digits, or a recovery code with its hyphens. */
const Code = text(40).min(6).openapi({ example: '123456' })

export const Session = z
  .object({
    staff: Staff,
    csrf_token: z.string().openapi({ description: 'Send it as `X-CSRF-Token` with every change' }),
    expires_at: Time.openapi({
      description: 'When the session ends at the latest; it ends earlier when it is not used',
    }),
    must_enrol: z.boolean().openapi({
      description: 'A role requires a second factor, and there is none: the session can only set one up',
    }),
    proof: z
      .object({
        password: z.boolean(),
        code: z.boolean(),
        provider: z.boolean().openapi({ description: 'A new sign-in at the identity provider' }),
      })
      .openapi({ description: 'What the next proof of identity needs' }),
  })
  .openapi('Session')

export const CodeNeeded = z
  .object({ expires_at: Time.openapi({ description: 'Until then the code is accepted' }) })
  .openapi('CodeNeeded')

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
    202: json(CodeNeeded, 'The password was right; a code is needed'),
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

const signInProblems = [
  'malformed_text',
  ...bodyProblems,
  'sign_in_locked',
  'cross_site_request',
  'try_again',
  'unavailable',
  'internal_error',
] as const

export const signInByCode = createRoute({
  path: `${path}/code`,
  tags,
  operationId: 'signInByCode',
  method: 'post',
  summary: 'Complete a sign-in with a code',
  description:
    'The code of an authenticator app, or a recovery code; each is accepted once. The sign-in that it completes is in a cookie of its own, which opens nothing else. Wrong codes are counted as wrong passwords are.',
  security: [],
  request: { body: body(z.strictObject({ code: Code }).openapi('SignInByCode')) },
  responses: {
    200: json(Session, 'The session'),
    ...problemResponses([...signInProblems, 'invalid_code', 'challenge_expired']),
  },
})

export const proveIdentity = createRoute({
  path: `${path}/proof`,
  tags,
  operationId: 'proveIdentity',
  method: 'post',
  summary: 'Prove your identity again',
  description:
    'For changes that are refused with `step_up_required`. Needs what `proof` of the session says. Wrong attempts are counted as at the sign-in.',
  security: [{ session: [], csrf: [] }],
  request: {
    body: body(
      z
        .strictObject({
          password: text(PASSWORD_CHARACTERS_MAX).optional().openapi({ format: 'password' }),
          code: Code.optional(),
        })
        .openapi('ProveIdentity'),
    ),
  },
  responses: {
    200: json(Session, 'The session, proven'),
    ...problemResponses([
      ...signInProblems,
      'session_required',
      'csrf_token_invalid',
      'invalid_credentials',
      'invalid_code',
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
