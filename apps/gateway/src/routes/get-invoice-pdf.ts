import { getInvoicePdf } from '@droplock/contracts/gateway/get-invoice-pdf'
import { pdfFile } from '@droplock/invoices/files'
import type { Dependencies, Gateway } from '../gateway.ts'

export function routeGetInvoicePdf(app: Gateway, { drawPdf }: Pick<Dependencies, 'drawPdf'>): void {
  app.openapi(getInvoicePdf, async (c) => {
    const invoice = await c.var.services.getInvoice(c.var.actor, c.req.valid('param').id)
    const { body, headers } = await pdfFile(invoice, drawPdf)
    return c.body(body, 200, headers)
  })
}
