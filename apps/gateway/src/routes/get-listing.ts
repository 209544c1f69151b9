import { getListing } from '@droplock/contracts/gateway/get-listing'
import { Listing } from '@droplock/contracts/gateway/listing'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { readName } from '../http/read-name.ts'
import { presentListing } from '../present/listing.ts'

export function routeGetListing(app: Gateway): void {
  app.openapi(getListing, async (c) => {
    const { name } = c.req.valid('param')
    const listing = await c.var.services.getListing(c.var.actor, readName(name))
    return reply(c, 200, Listing, presentListing(listing))
  })
}
