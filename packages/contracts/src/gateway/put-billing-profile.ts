import { createRoute } from '@hono/zod-openapi'
import { bodyProblems, problems } from '../common/problems.ts'
import { BillingProfile } from './billing-profile.ts'
import { json, keyWith } from './operation.ts'

export const putBillingProfile = createRoute({
  operationId: 'putBillingProfile',
  method: 'put',
  path: '/v1/billing-profile',
  tags: ['Invoices'],
  summary: 'Say whom invoices are for',
  description: 'Replaces the whole profile. Invoices that were issued keep what they say.',
  security: keyWith('invoices:write'),
  request: { body: { required: true, content: { 'application/json': { schema: BillingProfile } } } },
  responses: {
    200: json(BillingProfile, 'The billing profile as it is now'),
    ...problems(...bodyProblems),
  },
})
