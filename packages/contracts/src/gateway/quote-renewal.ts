import { RENEWAL_YEARS_MAX } from '@droplock/rules/renewals'
import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { json, keyWith } from './operation.ts'
import { RenewalQuote } from './renewal.ts'

/** Text, as every query is. */
const Years = z
  .string()
  .regex(/^[1-9]$/, `a whole number from 1 to ${RENEWAL_YEARS_MAX}`)
  .transform(Number)
  .optional()
  .openapi({ type: 'integer', minimum: 1, maximum: RENEWAL_YEARS_MAX, default: 1 })

export const quoteRenewal = createRoute({
  operationId: 'quoteRenewal',
  method: 'get',
  path: '/v1/backorders/{id}/renewal-quote',
  tags: ['Renewals'],
  summary: 'Ask what renewing a caught name would cost, and until when it would last',
  security: keyWith('backorders:read'),
  request: { params: z.strictObject({ id: Id }), query: z.strictObject({ years: Years }) },
  responses: {
    200: json(RenewalQuote, 'The quote, which an order repeats'),
    ...problems(
      'invalid_request',
      'backorder_not_found',
      'backorder_not_renewable',
      'registration_expired',
      'renewal_too_long',
      'renewal_pending',
      'price_unavailable',
    ),
  },
})
