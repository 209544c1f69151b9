import { getInvoiceHtml } from '@droplock/contracts/gateway/get-invoice-html'
import { htmlPolicy, renderHtml } from '@droplock/invoices/render-html'
import type { Gateway } from '../gateway.ts'

export function routeGetInvoiceHtml(app: Gateway): void {
  app.openapi(getInvoiceHtml, async (c) => {
    const invoice = await c.var.services.getInvoice(c.var.actor, c.req.valid('param').id)
    return c.body(await renderHtml(invoice), 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Disposition': `inline; filename="${invoice.number}.html"`,
      'Content-Security-Policy': htmlPolicy,
      'X-Content-Type-Options': 'nosniff',
    })
  })
}
