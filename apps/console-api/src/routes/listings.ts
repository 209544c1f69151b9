import {
  applyOverride,
  getListing,
  ListingDetail,
  ListingList,
  listListings,
  OverridePreview,
  previewOverride,
  previewUndo,
  undoOverride,
} from '@droplock/contracts/console/listings'
import { applyOverride as apply } from '@droplock/core/schedule/apply-override'
import { previewOverride as preview, previewUndo as previewUndoing } from '@droplock/core/schedule/preview'
import { getSchedule, listSchedules } from '@droplock/core/schedule/read'
import { undoOverride as undo } from '@droplock/core/schedule/undo-override'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { presentListingDetail } from '../present/listing.ts'
import { wire } from '../present/wire.ts'
import { given } from './given.ts'
import { sortedPagingOf } from './paging.ts'
import { readBasis, readWindow } from './read-override.ts'

export function routeListings(app: ConsoleApi): void {
  app.openapi(listListings, async (c) => {
    const query = c.req.valid('query')
    const { q, zone, state, held, overridden, suspect } = query
    const { items, total } = await listSchedules(c.var.ctx, {
      ...sortedPagingOf(query),
      ...given({ q, zone, state, held, overridden, suspect, registryId: query.registry_id }),
      ...given({ from: query.window_from, to: query.window_to }),
    })
    return reply(c, 200, ListingList, { items: wire(items), total })
  })

  app.openapi(getListing, async (c) => {
    const listing = await getSchedule(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, ListingDetail, presentListingDetail(listing))
  })

  app.openapi(previewOverride, async (c) => {
    const command = { listingId: c.req.valid('param').id, window: readWindow(c.req.valid('json')) }
    return reply(c, 200, OverridePreview, wire(await preview(c.var.ctx, command)))
  })

  app.openapi(applyOverride, async (c) => {
    const body = c.req.valid('json')
    const listingId = c.req.valid('param').id
    c.var.event.add({ listing_id: listingId })
    const command = {
      listingId,
      window: readWindow(body),
      reason: body.reason,
      basis: readBasis(body.basis),
    }
    return reply(c, 200, OverridePreview, wire(await apply(c.var.ctx, command)))
  })

  app.openapi(previewUndo, async (c) =>
    reply(c, 200, OverridePreview, wire(await previewUndoing(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(undoOverride, async (c) => {
    const { reason, basis } = c.req.valid('json')
    const listingId = c.req.valid('param').id
    c.var.event.add({ listing_id: listingId })
    const done = await undo(c.var.ctx, { listingId, reason, basis: readBasis(basis) })
    return reply(c, 200, OverridePreview, wire(done))
  })
}
