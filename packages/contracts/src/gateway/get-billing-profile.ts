import { createRoute } from '@hono/zod-openapi'
import { problems } from '../common/problems.ts'
import { BillingProfile } from './billing-profile.ts'
import { json, keyWith } from './operation.ts'

export const getBillingProfile = createRoute({
  operationId: 'getBillingProfile',
  method: 'get',
  path: '/v1/billing-profile',
  tags: ['Invoices'],
  summary: 'Read whom invoices are for',
  security: keyWith('invoices:read'),
  responses: {
    200: json(BillingProfile, 'The billing profile'),
    ...problems('billing_profile_missing'),
  },
})
