import { createRoute, z } from '@hono/zod-openapi'
import { Id } from '../common/primitives.ts'
import { problems } from '../common/problems.ts'
import { keyWith } from './operation.ts'

export const getInvoicePdf = createRoute({
  operationId: 'getInvoicePdf',
  method: 'get',
  path: '/v1/invoices/{id}/pdf',
  tags: ['Invoices'],
  summary: 'Read an invoice or a credit note as PDF',
  description: 'The same octets every time.',
  security: keyWith('invoices:read'),
  request: { params: z.strictObject({ id: Id }) },
  responses: {
    200: {
      description: 'The page, A4',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problems('invalid_request', 'invoice_not_found'),
  },
})
