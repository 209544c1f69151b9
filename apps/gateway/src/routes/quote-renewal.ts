import { quoteRenewal } from '@droplock/contracts/gateway/quote-renewal'
import { RenewalQuote } from '@droplock/contracts/gateway/renewal'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentQuote } from '../present/renewal.ts'

export function routeQuoteRenewal(app: Gateway): void {
  app.openapi(quoteRenewal, async (c) => {
    const { id: backorderId } = c.req.valid('param')
    const { years = 1 } = c.req.valid('query')
    const quote = await c.var.services.quoteRenewal(c.var.actor, { backorderId, years })
    return reply(c, 200, RenewalQuote, presentQuote(quote))
  })
}
