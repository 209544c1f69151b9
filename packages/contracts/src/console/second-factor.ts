import { createRoute, z } from '@hono/zod-openapi'
import { Time, text } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, readProblems } from './operation.ts'

export const SecondFactor = z
  .object({
    since: Time.optional().openapi({ description: 'When it was set up; absent: there is none' }),
    recovery_codes: z.int().openapi({ description: 'Recovery codes that are not used yet' }),
    is_required: z.boolean().openapi({ description: 'Whether a role requires a second factor' }),
  })
  .openapi('SecondFactor')

export const NewSecondFactor = z
  .object({
    key: z.string().openapi({
      description: 'The key to type into an authenticator app (base32)',
      example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    }),
    uri: z.string().openapi({
      description: 'What a QR code for the app contains',
      example: 'otpauth://totp/Droplock:ann%40example.com?issuer=Droplock&secret=JBSWY3DPEHPK3PXP',
    }),
  })
  .openapi('NewSecondFactor')

export const RecoveryCodes = z
  .object({ recovery_codes: z.array(z.string()).openapi({ example: ['ABCD-EFGH-IJKL-MNOP'] }) })
  .openapi('RecoveryCodes', { description: 'Each replaces one code, once. They are not shown again' })

const path = '/api/me/second-factor'
const tags = ['Session']
const session = [{ session: [] }]
const change = [{ session: [], csrf: [] }]

export const getSecondFactor = createRoute({
  operationId: 'getSecondFactor',
  method: 'get',
  path,
  tags,
  summary: 'Read your second factor',
  security: session,
  responses: { 200: json(SecondFactor, 'Your second factor'), ...readProblems() },
})

export const startSecondFactor = createRoute({
  operationId: 'startSecondFactor',
  method: 'post',
  path,
  tags,
  summary: 'Begin to set up a second factor',
  description:
    'Codes by RFC 6238. An earlier device stays in force until the new one is confirmed with a code of it.',
  security: change,
  responses: {
    201: json(NewSecondFactor, 'The key of the new device'),
    ...changeProblems('second_factor_unavailable'),
  },
})

export const confirmSecondFactor = createRoute({
  operationId: 'confirmSecondFactor',
  method: 'post',
  path: `${path}/confirm`,
  tags,
  summary: 'Set up the second factor with its first code',
  description: 'From now on each sign-in needs a code. Your other sessions end.',
  security: change,
  request: { body: body(z.strictObject({ code: text(20).min(6) }).openapi('ConfirmSecondFactor')) },
  responses: {
    200: json(RecoveryCodes, 'The recovery codes'),
    ...changeProblems('invalid_code', 'second_factor_not_found', 'second_factor_unavailable'),
  },
})

export const removeSecondFactor = createRoute({
  operationId: 'removeSecondFactor',
  method: 'delete',
  path,
  tags,
  summary: 'Turn off your second factor',
  security: change,
  responses: {
    204: { description: 'There is no second factor any more' },
    ...changeProblems('second_factor_not_found'),
  },
})

export const renewRecoveryCodes = createRoute({
  operationId: 'renewRecoveryCodes',
  method: 'post',
  path: '/api/me/recovery-codes',
  tags,
  summary: 'Replace your recovery codes',
  security: change,
  responses: {
    200: json(RecoveryCodes, 'The new ones; earlier ones are refused'),
    ...changeProblems('second_factor_not_found'),
  },
})
