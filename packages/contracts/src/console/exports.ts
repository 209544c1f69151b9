import { createRoute, z } from '@hono/zod-openapi'
import { readProblems, reads } from './operation.ts'
import { TimeInput } from './paging.ts'

const tags = ['Exports']
const query = z.strictObject({
  from: TimeInput.openapi({ description: 'Inclusive' }),
  to: TimeInput.openapi({ description: 'Exclusive' }),
})

/** A file, streamed as fast as it is read. */
function csv(description: string) {
  return {
    description: `${description}. CSV with a header, UTF-8. A text that begins like a formula has an apostrophe before it; amounts are decimal numbers in major units.`,
    content: { 'text/csv': { schema: z.string() } },
    headers: z.object({ 'Content-Disposition': z.string().openapi({ description: 'The file name' }) }),
  }
}

export const exportLedger = createRoute({
  operationId: 'exportLedger',
  method: 'get',
  path: '/api/exports/ledger.csv',
  tags,
  summary: 'Export the postings of a period',
  security: reads('money:export'),
  request: { query },
  responses: {
    200: csv('Postings in chronological order'),
    ...readProblems('invalid_request', 'invalid_period', 'export_limit_reached'),
  },
})

export const exportRefunds = createRoute({
  operationId: 'exportRefunds',
  method: 'get',
  path: '/api/exports/refunds.csv',
  tags,
  summary: 'Export the refunds created in a period',
  security: reads('money:export'),
  request: { query },
  responses: {
    200: csv('Refunds in the order of creation'),
    ...readProblems('invalid_request', 'invalid_period', 'export_limit_reached'),
  },
})

export const exportInvoices = createRoute({
  operationId: 'exportInvoices',
  method: 'get',
  path: '/api/exports/invoices.csv',
  tags,
  summary: 'Export the invoices and credit notes issued in a period',
  security: reads('money:export'),
  request: { query },
  responses: {
    200: csv('Invoices and credit notes; the amounts of credit notes are negative'),
    ...readProblems('invalid_request', 'invalid_period', 'export_limit_reached'),
  },
})
