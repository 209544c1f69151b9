import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { Invoice } from './invoice.ts'
import { json, keyWith } from './operation.ts'

export const getInvoice = createRoute({
  operationId: 'getInvoice',
  method: 'get',
  path: '/v1/invoices/{id}',
  tags: ['Invoices'],
  summary: 'Read an invoice or a credit note',
  security: keyWith('invoices:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: json(Invoice, 'The invoice or credit note'),
    ...problems('invalid_request', 'invoice_not_found'),
  },
})
