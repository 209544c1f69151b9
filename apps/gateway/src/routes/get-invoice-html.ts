import { getInvoiceHtml } from '@droplock/contracts/gateway/get-invoice-html'
import { htmlFile } from '@droplock/invoices/files'
import type { Gateway } from '../gateway.ts'

export function routeGetInvoiceHtml(app: Gateway): void {
  app.openapi(getInvoiceHtml, async (c) => {
    const invoice = await c.var.services.getInvoice(c.var.actor, c.req.valid('param').id)
    const { body, headers } = await htmlFile(invoice)
    return c.body(body, 200, headers)
  })
}
