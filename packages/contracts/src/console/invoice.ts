import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, Search, sorting, TimeInput } from './paging.ts'

const invoiceKinds = ['invoice', 'credit_note'] as const

/** An invoice or a credit note. What stands on its page is the page's to tell. */
export const Invoice = z
  .object({
    id: Id,
    kind: z.enum(invoiceKinds),
    mode: z.enum(['live', 'test']),
    number: z.string().openapi({ example: 'INV-2026-000017' }),
    issued_at: Time,
    account_id: Id,
    account_name: z.string(),
    buyer_name: z.string().openapi({ description: 'As it was when this was issued' }),
    service: z.enum(['registration', 'renewal']),
    name: DomainName,
    backorder_id: Id.optional(),
    renewal_id: Id.optional(),
    credits_invoice_id: Id.optional().openapi({ description: 'The invoice that a credit note is of' }),
    credits_number: z.string().optional(),
    refund_id: Id.optional().openapi({ description: 'The refund that a credit note is for' }),
    net: Money,
    tax: Money,
    gross: Money,
    credited: Money.openapi({ description: 'What credit notes took back of an invoice' }),
  })
  .openapi('Invoice')

export const InvoiceList = listOf(Invoice, 'InvoiceList')

const IssueInvoice = z
  .strictObject({
    backorder_id: Id.optional(),
    renewal_id: Id.optional(),
    reason: Reason.openapi({ example: 'Asked for by telephone' }),
  })
  .refine(
    ({ backorder_id, renewal_id }) => (backorder_id === undefined) !== (renewal_id === undefined),
    'either a backorder or a renewal',
  )
  .openapi('IssueInvoice')

const tags = ['Invoices']
const params = z.strictObject({ id: Id })

export const listInvoices = createRoute({
  operationId: 'listInvoices',
  method: 'get',
  path: '/api/invoices',
  tags,
  summary: 'Invoices and credit notes',
  description: 'Of a backorder or a renewal: its invoice, with the credit notes of that.',
  security: reads('money:read'),
  request: {
    query: z.strictObject({
      ...sorting(['issued_at', 'number', 'gross'], { field: 'issued_at', order: 'desc' }),
      kind: z.enum(invoiceKinds).optional(),
      account_id: Id.optional(),
      backorder_id: Id.optional(),
      renewal_id: Id.optional(),
      from: TimeInput.optional().openapi({ description: 'Inclusive' }),
      to: TimeInput.optional().openapi({ description: 'Exclusive' }),
      q: Search.openapi({ description: "A part of the number, the domain name or the account's name" }),
    }),
  },
  responses: { 200: json(InvoiceList, 'A page of invoices'), ...readProblems('invalid_request') },
})

export const issueInvoice = createRoute({
  operationId: 'issueInvoice',
  method: 'post',
  path: '/api/invoices',
  tags,
  summary: 'Issue the invoice of a success that a customer has asked a person for',
  description: 'There is one invoice of each: asking again gives the same one.',
  security: changes('invoices:issue'),
  request: { body: body(IssueInvoice) },
  responses: {
    200: json(Invoice, 'The invoice that was issued before'),
    201: {
      ...json(Invoice, 'The invoice, issued now'),
      headers: z.object({ Location: z.string().openapi({ description: 'The path of the invoice' }) }),
    },
    ...changeProblems(
      'reason_required',
      'backorder_not_found',
      'renewal_not_found',
      'invoice_not_available',
      'billing_profile_missing',
    ),
  },
})

export const getInvoice = createRoute({
  operationId: 'getInvoice',
  method: 'get',
  path: '/api/invoices/{id}',
  tags,
  summary: 'An invoice or a credit note',
  security: reads('money:read'),
  request: { params },
  responses: {
    200: json(Invoice, 'The invoice or credit note'),
    ...readProblems('invalid_request', 'invoice_not_found'),
  },
})

export const getInvoiceHtml = createRoute({
  operationId: 'getInvoiceHtml',
  method: 'get',
  path: '/api/invoices/{id}/html',
  tags,
  summary: 'An invoice or a credit note as a page to print',
  description: 'As its customer has it: one self-contained page without scripts, for A4.',
  security: reads('money:read'),
  request: { params },
  responses: {
    200: { description: 'The page', content: { 'text/html': { schema: z.string() } } },
    ...readProblems('invalid_request', 'invoice_not_found'),
  },
})

export const getInvoicePdf = createRoute({
  operationId: 'getInvoicePdf',
  method: 'get',
  path: '/api/invoices/{id}/pdf',
  tags,
  summary: 'An invoice or a credit note as PDF',
  description: 'As its customer has it, the same octets every time.',
  security: reads('money:read'),
  request: { params },
  responses: {
    200: {
      description: 'The page, A4',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...readProblems('invalid_request', 'invoice_not_found'),
  },
})
