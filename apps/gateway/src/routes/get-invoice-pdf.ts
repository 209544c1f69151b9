import { getInvoicePdf } from '@droplock/contracts/gateway/get-invoice-pdf'
import type { Dependencies, Gateway } from '../gateway.ts'

export function routeGetInvoicePdf(app: Gateway, { drawPdf }: Pick<Dependencies, 'drawPdf'>): void {
  app.openapi(getInvoicePdf, async (c) => {
    const invoice = await c.var.services.getInvoice(c.var.actor, c.req.valid('param').id)
    return c.body(await drawPdf(invoice), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `attachment; filename="${invoice.number}.pdf"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    })
  })
}
