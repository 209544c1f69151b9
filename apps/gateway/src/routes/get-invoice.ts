import { getInvoice } from '@droplock/contracts/gateway/get-invoice'
import { Invoice } from '@droplock/contracts/gateway/invoice'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentInvoice } from '../present/invoice.ts'

export function routeGetInvoice(app: Gateway): void {
  app.openapi(getInvoice, async (c) => {
    const { id } = c.req.valid('param')
    return reply(c, 200, Invoice, presentInvoice(await c.var.services.getInvoice(c.var.actor, id)))
  })
}
