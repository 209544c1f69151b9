import { Invoice } from '@droplock/contracts/gateway/invoice'
import { requestInvoice } from '@droplock/contracts/gateway/request-invoice'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentInvoice } from '../present/invoice.ts'

export function routeRequestInvoice(app: Gateway): void {
  app.openapi(requestInvoice, async (c) => {
    const { id: backorderId } = c.req.valid('param')
    const { invoice, isNew } = await c.var.services.requestInvoice(c.var.actor, { backorderId })
    if (!isNew) return reply(c, 200, Invoice, presentInvoice(invoice))
    c.header('Location', `/v1/invoices/${invoice.id}`)
    return reply(c, 201, Invoice, presentInvoice(invoice))
  })
}
