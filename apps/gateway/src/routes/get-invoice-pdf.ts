import { getInvoicePdf } from '@droplock/contracts/gateway/get-invoice-pdf'
import { pdfFile } from '@droplock/invoices/files'
import type { Gateway } from '../gateway.ts'

export function routeGetInvoicePdf(app: Gateway): void {
  app.openapi(getInvoicePdf, async (c) => {
    const invoice = await c.var.services.getInvoice(c.var.actor, c.req.valid('param').id)
    const { body, headers } = await pdfFile(invoice)
    return c.body(body, 200, headers)
  })
}
