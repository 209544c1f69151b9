import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { keyWith } from './operation.ts'

export const getInvoiceHtml = createRoute({
  operationId: 'getInvoiceHtml',
  method: 'get',
  path: '/v1/invoices/{id}/html',
  tags: ['Invoices'],
  summary: 'Read an invoice or a credit note as a page to print',
  description: 'One self-contained page without scripts, for A4.',
  security: keyWith('invoices:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: { description: 'The page', content: { 'text/html': { schema: z.string() } } },
    ...problems('invalid_request', 'invoice_not_found'),
  },
})
