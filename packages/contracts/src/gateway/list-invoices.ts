import { createRoute, z } from '@hono/zod-openapi'
import { Cursor, Limit, pageOf } from '../common/page.ts'
import { problems } from '../common/problems.ts'
import { Invoice } from './invoice.ts'
import { json, keyWith } from './operation.ts'

export const InvoicePage = pageOf(Invoice, 'InvoicePage')

export const listInvoices = createRoute({
  operationId: 'listInvoices',
  method: 'get',
  path: '/v1/invoices',
  tags: ['Invoices'],
  summary: "List the account's invoices and credit notes, newest first",
  security: keyWith('invoices:read'),
  request: { query: z.strictObject({ cursor: Cursor, limit: Limit }) },
  responses: {
    200: json(InvoicePage, 'A page of invoices and credit notes'),
    ...problems('invalid_request', 'invalid_cursor'),
  },
})
