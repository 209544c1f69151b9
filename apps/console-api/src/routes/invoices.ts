import {
  getInvoice,
  getInvoiceHtml,
  getInvoicePdf,
  Invoice,
  InvoiceList,
  issueInvoice,
  listInvoices,
} from '@droplock/contracts/console/invoice'
import type { InvoiceSubject } from '@droplock/core/invoices/invoiceable'
import { issueForCustomer } from '@droplock/core/invoices/issue'
import { type CustomerInvoice, getAnyInvoice, listAllInvoices } from '@droplock/core/invoices/read'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import { htmlFile, pdfFile } from '@droplock/invoices/files'
import type { ConsoleApi, Dependencies } from '../console-api.ts'
import { sortedPageOf } from './paging.ts'

export function routeInvoices(app: ConsoleApi, { drawPdf }: Dependencies): void {
  app.openapi(listInvoices, async (c) => {
    const { items, ...counts } = await listAllInvoices(c.var.ctx, sortedPageOf(c.req.valid('query')))
    return reply(c, 200, InvoiceList, { items: items.map(presentInvoice), ...wire(counts) })
  })

  app.openapi(issueInvoice, async (c) => {
    const { reason, ...of } = c.req.valid('json')
    const { invoice, isNew } = await issueForCustomer(c.var.ctx, { subject: subjectOf(of), reason })
    c.var.event.add({ invoice_id: invoice.id })
    const shown = presentInvoice(await getAnyInvoice(c.var.ctx, invoice.id))
    if (!isNew) return reply(c, 200, Invoice, shown)
    c.header('Location', `/api/invoices/${invoice.id}`)
    return reply(c, 201, Invoice, shown)
  })

  app.openapi(getInvoice, async (c) =>
    reply(c, 200, Invoice, presentInvoice(await getAnyInvoice(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(getInvoiceHtml, async (c) => {
    const { body, headers } = await htmlFile(await getAnyInvoice(c.var.ctx, c.req.valid('param').id))
    return c.body(body, 200, headers)
  })

  app.openapi(getInvoicePdf, async (c) => {
    const invoice = await getAnyInvoice(c.var.ctx, c.req.valid('param').id)
    const { body, headers } = await pdfFile(invoice, drawPdf)
    return c.body(body, 200, headers)
  })
}

type Of = { readonly backorder_id?: string | undefined; readonly renewal_id?: string | undefined }

/** The contract requires exactly one of the two. */
function subjectOf({ backorder_id: backorderId, renewal_id: renewalId = '' }: Of): InvoiceSubject {
  return backorderId === undefined ? { renewalId } : { backorderId }
}

/** In one row: who the invoice is for, and the one service on it. */
function presentInvoice({ buyer, line, ...invoice }: CustomerInvoice) {
  return wire({ ...invoice, buyerName: buyer.name, service: line.of, name: line.name })
}
