import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { Invoice } from './invoice.ts'
import { json, keyWith } from './operation.ts'

export const requestInvoice = createRoute({
  operationId: 'requestInvoice',
  method: 'post',
  path: '/v1/backorders/{id}/invoice',
  tags: ['Invoices'],
  summary: 'Request the invoice of a successful backorder',
  description:
    'There is one invoice per backorder, and asking again gives the same one. What was refunded before has its credit notes at once.',
  security: keyWith('invoices:write'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(Invoice, 'The invoice that was issued before'),
    201: {
      ...json(Invoice, 'The invoice, issued now'),
      headers: z.object({ Location: z.string().openapi({ description: 'The path of the invoice' }) }),
    },
    ...problems('invalid_request', 'backorder_not_found', 'invoice_not_available', 'billing_profile_missing'),
  },
})
