import { limitDefault } from '@droplock/contracts/common/page'
import { InvoicePage, listInvoices } from '@droplock/contracts/gateway/list-invoices'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentInvoice } from '../present/invoice.ts'
import { present } from '../present/optional.ts'
import { presentPage } from '../present/page.ts'

export function routeListInvoices(app: Gateway): void {
  app.openapi(listInvoices, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const page = await c.var.services.listInvoices(c.var.actor, {
      ...present({ after: cursor }),
      limit: limit ?? limitDefault,
    })
    return reply(c, 200, InvoicePage, presentPage(page, presentInvoice))
  })
}
