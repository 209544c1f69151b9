import { quickSearch, SearchResults } from '@droplock/contracts/console/quick-search'
import { quickSearch as search } from '@droplock/core/quick-search/quick-search'
import { reply } from '@droplock/http/reply'
import { money, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'

export function routeQuickSearch(app: ConsoleApi): void {
  app.openapi(quickSearch, async (c) => {
    const found = await search(c.var.ctx, c.req.valid('query').q)
    return reply(c, 200, SearchResults, { items: found.map(present) })
  })
}

function present({ amountMinor, currency, ...found }: Awaited<ReturnType<typeof search>>[number]) {
  const amount = amountMinor === null || currency === null ? {} : { amount: money(amountMinor, currency) }
  return { ...wire(found), ...amount }
}
