import { createRoute, z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'
import { body, json } from '../common/responses.ts'
import { changeProblems, changes, Reason, readProblems, reads } from './operation.ts'
import { listOf, Search, sorting, TimeInput } from './paging.ts'

const invoiceKinds = ['invoice', 'credit_note'] as const

/** An invoice or a credit note; its lines are on its page. */
export const Invoice = z
  .object({
    id: Id,
    kind: z.enum(invoiceKinds),
    mode: z.enum(['live', 'test']),
    number: z.string().openapi({ example: 'INV-2026-000017' }),
    issued_at: Time,
    account_id: Id,
    account_name: z.string(),
    buyer_name: z.string().openapi({ description: 'As it was when the invoice was issued' }),
    service: z.enum(['registration', 'renewal']),
    name: DomainName,
    backorder_id: Id.optional(),
    renewal_id: Id.optional(),
    credits_invoice_id: Id.optional().openapi({ description: 'Credit notes: the credited invoice' }),
    credits_number: z.string().optional(),
    refund_id: Id.optional().openapi({ description: 'Credit notes: the refund' }),
    net: Money,
    tax: Money,
    gross: Money,
    credited: Money.openapi({ description: 'What credit notes have credited of the invoice' }),
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
  summary: 'List invoices and credit notes',
  description: 'With `backorder_id` or `renewal_id`: its invoice and the credit notes of that invoice.',
  security: reads('money:read'),
  request: {
    query: z.strictObject({
      ...sorting(['issued_at', 'number'], { field: 'issued_at', order: 'desc' }),
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
  summary: 'Issue an invoice that a customer has asked for',
  description: 'A backorder or renewal has one invoice; a repeated request returns the same one.',
  security: changes('invoices:issue'),
  request: { body: body(IssueInvoice) },
  responses: {
    200: json(Invoice, 'The invoice, issued earlier'),
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
  summary: 'Read an invoice or a credit note',
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
  summary: 'Read an invoice or a credit note as HTML',
  description: 'The same page that the customer gets: self-contained, without scripts, for A4.',
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
  summary: 'Read an invoice or a credit note as PDF',
  description: 'The same file that the customer gets, byte-identical every time.',
  security: reads('money:read'),
  request: { params },
  responses: {
    200: {
      description: 'The PDF, A4',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...readProblems('invalid_request', 'invoice_not_found'),
  },
})
