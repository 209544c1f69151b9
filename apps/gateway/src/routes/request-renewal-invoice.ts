import { Invoice } from '@droplock/contracts/gateway/invoice'
import { requestRenewalInvoice } from '@droplock/contracts/gateway/request-renewal-invoice'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentInvoice } from '../present/invoice.ts'

export function routeRequestRenewalInvoice(app: Gateway): void {
  app.openapi(requestRenewalInvoice, async (c) => {
    const { id: renewalId } = c.req.valid('param')
    const { invoice, isNew } = await c.var.services.requestInvoice(c.var.actor, { renewalId })
    if (!isNew) return reply(c, 200, Invoice, presentInvoice(invoice))
    c.header('Location', `/v1/invoices/${invoice.id}`)
    return reply(c, 201, Invoice, presentInvoice(invoice))
  })
}
