import { limitDefault } from '@droplock/contracts/common/page'
import { ListingPage, searchListings } from '@droplock/contracts/gateway/search-listings'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentListing } from '../present/listing.ts'
import { present } from '../present/optional.ts'
import { presentPage } from '../present/page.ts'

export function routeSearchListings(app: Gateway): void {
  app.openapi(searchListings, async (c) => {
    const { q, zone, state, order, cursor, limit } = c.req.valid('query')
    const page = await c.var.services.searchListings(c.var.actor, {
      ...present({ q: q?.toLowerCase(), zone: zone?.toLowerCase(), after: cursor }),
      state: state ?? 'open',
      order: order ?? 'cutoff',
      limit: limit ?? limitDefault,
    })
    return reply(c, 200, ListingPage, presentPage(page, presentListing))
  })
}
