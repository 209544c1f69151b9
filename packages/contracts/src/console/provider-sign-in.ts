import { createRoute, z } from '@hono/zod-openapi'
import { body, bodyProblems, json, problemResponses } from '../common/responses.ts'

const path = '/api/session/provider'
const tags = ['Session']

export const SignInMeans = z
  .object({
    provider: z
      .object({ name: z.string().openapi({ example: 'Company SSO' }) })
      .optional()
      .openapi({ description: 'The identity provider; absent: there is none' }),
  })
  .openapi('SignInMeans')

export const ProviderQuestion = z
  .object({
    url: z.string().openapi({ description: 'Where the browser goes. The provider sends it back here' }),
  })
  .openapi('ProviderQuestion')

/** `window`: the answer is shown in a window of its own, over a page that stays open. */
const AskProvider = z.strictObject({ window: z.boolean() }).openapi('AskProvider')

const problems = [
  'malformed_text',
  ...bodyProblems,
  'identity_provider_unavailable',
  'cross_site_request',
  'try_again',
  'unavailable',
  'internal_error',
] as const

export const getSignInMeans = createRoute({
  operationId: 'getSignInMeans',
  method: 'get',
  path: '/api/session/means',
  tags,
  summary: 'Read how people can sign in here',
  security: [],
  responses: {
    200: json(SignInMeans, 'Beside a password'),
    ...problemResponses(['malformed_text', 'unavailable', 'internal_error']),
  },
})

export const askProvider = createRoute({
  operationId: 'askProvider',
  method: 'post',
  path,
  tags,
  summary: 'Begin a sign-in at the identity provider',
  description:
    'OpenID Connect, code flow. Its state is in a cookie of its own, encrypted, for ten minutes. The provider sends the browser back to `/api/session/provider/callback`, which opens the session.',
  security: [],
  request: { body: body(AskProvider) },
  responses: { 200: json(ProviderQuestion, 'Where to go'), ...problemResponses(problems) },
})

export const askProviderAnew = createRoute({
  operationId: 'askProviderAnew',
  method: 'post',
  path: `${path}/proof`,
  tags,
  summary: 'Begin a proof of identity at the identity provider',
  description:
    'For people who have neither password nor code here: the provider is asked to have them sign in again.',
  security: [{ session: [], csrf: [] }],
  request: { body: body(AskProvider) },
  responses: {
    200: json(ProviderQuestion, 'Where to go'),
    ...problemResponses([...problems, 'session_required', 'csrf_token_invalid']),
  },
})
