import { DomainName, Id, Money, Time } from '@droplock/contracts/common/primitives'
import { json } from '@droplock/contracts/common/responses'
import type { InvoiceSubject } from '@droplock/core/invoices/invoiceable'
import { requestInvoice as request } from '@droplock/core/invoices/issue'
import * as core from '@droplock/core/invoices/read'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { htmlFile, pdfFile } from '@droplock/invoices/files'
import type { InvoiceParty } from '@droplock/rules/invoices'
import { createRoute, z } from '@hono/zod-openapi'
import { askedPage, Cursor, keyWith, Limit, made, pageOf, problems } from '../contract.ts'
import type { Dependencies, Gateway, GatewayRequest } from '../gateway.ts'

const party = {
  legal_name: z.string(),
  address: z.array(z.string()),
  country: z.string().openapi({ description: 'ISO 3166-1 alpha-2', example: 'DE' }),
  tax_id: z.string().optional(),
}

/** Nothing of it ever changes; what is refunded later gets a credit note of its own. */
export const Invoice = z
  .object({
    id: Id,
    kind: z.enum(['invoice', 'credit_note']),
    number: z.string().openapi({
      description: 'Consecutive within its series; begins with TEST in test mode',
      example: 'INV-2026-000017',
    }),
    issued_at: Time,
    backorder_id: Id.optional().openapi({ description: 'Invoices of a backorder: its id' }),
    renewal_id: Id.optional().openapi({ description: 'Invoices of a renewal: its id' }),
    credits: z
      .object({ invoice_id: Id, number: z.string(), refund_id: Id })
      .optional()
      .openapi({ description: 'Credit notes: the credited invoice and the refund' }),
    seller: z.object(party),
    buyer: z.object({ ...party, email: z.string() }),
    line: z.object({
      of: z.enum(['registration', 'renewal']),
      name: DomainName,
      name_unicode: z.string(),
      years: z.int(),
      service_from: Time,
      service_to: Time,
    }),
    gross: Money.openapi({ description: 'What the buyer paid, or what a credit note gives back' }),
    net: Money,
    tax: Money.openapi({ description: 'Included in the gross amount' }),
    tax_basis_points: z.int().openapi({ description: '1900 is 19 %', example: 1900 }),
    tax_note: z.string().optional(),
  })
  .openapi('Invoice')

export const InvoicePage = pageOf(Invoice, 'InvoicePage')

const tags = ['Invoices']
const params = z.strictObject({ id: Id })

const issued = {
  200: json(Invoice, 'The invoice, issued earlier'),
  201: made(Invoice, 'invoice', 'The invoice, issued now'),
}

const requestInvoice = createRoute({
  operationId: 'requestInvoice',
  method: 'post',
  path: '/v1/backorders/{id}/invoice',
  tags,
  summary: 'Request the invoice of a successful backorder',
  description:
    'A backorder has one invoice; a repeated request returns the same one. Earlier refunds get their credit notes at the same time.',
  security: keyWith('invoices:write'),
  request: { params },
  responses: {
    ...issued,
    ...problems('invalid_request', 'backorder_not_found', 'invoice_not_available', 'billing_profile_missing'),
  },
})

const requestRenewalInvoice = createRoute({
  operationId: 'requestRenewalInvoice',
  method: 'post',
  path: '/v1/renewals/{id}/invoice',
  tags,
  summary: 'Request the invoice of a successful renewal',
  description:
    'A renewal has one invoice; a repeated request returns the same one. Earlier refunds get their credit notes at the same time.',
  security: keyWith('invoices:write'),
  request: { params },
  responses: {
    ...issued,
    ...problems('invalid_request', 'renewal_not_found', 'invoice_not_available', 'billing_profile_missing'),
  },
})

const listInvoices = createRoute({
  operationId: 'listInvoices',
  method: 'get',
  path: '/v1/invoices',
  tags,
  summary: "List the account's invoices and credit notes, newest first",
  description: 'A credit note names the invoice that it corrects in `credits`.',
  security: keyWith('invoices:read'),
  request: {
    query: z.strictObject({
      backorder_id: z
        .uuid()
        .optional()
        .openapi({ description: 'The invoice of this order, with its credit notes' }),
      renewal_id: z.uuid().optional(),
      cursor: Cursor,
      limit: Limit,
    }),
  },
  responses: {
    200: json(InvoicePage, 'A page of invoices and credit notes'),
    ...problems('read_limit_reached', 'invalid_request', 'invalid_cursor'),
  },
})

const getInvoice = createRoute({
  operationId: 'getInvoice',
  method: 'get',
  path: '/v1/invoices/{id}',
  tags,
  summary: 'Read an invoice or a credit note',
  description: 'An issued invoice never changes; a later refund adds a credit note.',
  security: keyWith('invoices:read'),
  request: { params },
  responses: {
    200: json(Invoice, 'The invoice or credit note'),
    ...problems('invalid_request', 'invoice_not_found'),
  },
})

const getInvoicePdf = createRoute({
  operationId: 'getInvoicePdf',
  method: 'get',
  path: '/v1/invoices/{id}/pdf',
  tags,
  summary: 'Read an invoice or a credit note as PDF',
  description: 'The file is byte-identical every time.',
  security: keyWith('invoices:read'),
  request: { params },
  responses: {
    200: {
      description: 'The PDF, A4',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problems('invalid_request', 'invoice_not_found'),
  },
})

const getInvoiceHtml = createRoute({
  operationId: 'getInvoiceHtml',
  method: 'get',
  path: '/v1/invoices/{id}/html',
  tags,
  summary: 'Read an invoice or a credit note as HTML',
  description: 'A self-contained page without scripts, for printing on A4.',
  security: keyWith('invoices:read'),
  request: { params },
  responses: {
    200: { description: 'The page', content: { 'text/html': { schema: z.string() } } },
    ...problems('invalid_request', 'invoice_not_found'),
  },
})

export const invoiceOperations = {
  requestInvoice,
  requestRenewalInvoice,
  listInvoices,
  getInvoice,
  getInvoicePdf,
  getInvoiceHtml,
}

export function mountInvoices(app: Gateway, { drawPdf }: Pick<Dependencies, 'drawPdf'>): void {
  app.openapi(requestInvoice, (c) => replyIssued(c, { backorderId: c.req.valid('param').id }))

  app.openapi(requestRenewalInvoice, (c) => replyIssued(c, { renewalId: c.req.valid('param').id }))

  app.openapi(listInvoices, async (c) => {
    const { items, next } = await core.listInvoices(c.var.ctx, askedPage(c.req.valid('query')))
    return reply(c, 200, InvoicePage, { items: items.map(present), next })
  })

  app.openapi(getInvoice, async (c) =>
    reply(c, 200, Invoice, present(await core.getInvoice(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(getInvoicePdf, async (c) => {
    const invoice = await core.getInvoice(c.var.ctx, c.req.valid('param').id)
    const { body, headers } = await pdfFile(invoice, drawPdf)
    return c.body(body, 200, headers)
  })

  app.openapi(getInvoiceHtml, async (c) => {
    const { body, headers } = await htmlFile(await core.getInvoice(c.var.ctx, c.req.valid('param').id))
    return c.body(body, 200, headers)
  })
}

async function replyIssued(c: GatewayRequest, subject: InvoiceSubject) {
  const { invoice, isNew } = await request(c.var.ctx, subject)
  if (!isNew) return reply(c, 200, Invoice, present(invoice))
  c.header('Location', `/v1/invoices/${invoice.id}`)
  return reply(c, 201, Invoice, present(invoice))
}

function present({ seller, buyer, creditsInvoiceId, creditsNumber, refundId, ...invoice }: core.InvoiceView) {
  const isCredit = creditsInvoiceId !== null && creditsNumber !== null && refundId !== null
  return {
    ...wire(invoice),
    credits: isCredit
      ? { invoice_id: creditsInvoiceId, number: creditsNumber, refund_id: refundId }
      : undefined,
    seller: presentParty(seller),
    buyer: { ...presentParty(buyer), email: buyer.email },
  }
}

function presentParty({ name: legalName, address, country, taxId }: InvoiceParty) {
  return wire({ legalName, address: address.split('\n'), country, taxId })
}
