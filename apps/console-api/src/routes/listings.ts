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
  type Basis as WireBasis,
} from '@droplock/contracts/console/listings'
import { applyOverride as apply } from '@droplock/core/schedule/apply-override'
import { previewOverride as preview, previewUndo as previewUndoing } from '@droplock/core/schedule/preview'
import { getSchedule, listSchedules } from '@droplock/core/schedule/read'
import { undoOverride as undo } from '@droplock/core/schedule/undo-override'
import { reply } from '@droplock/http/reply'
import { fromWire, type Wire, wire } from '@droplock/http/wire'
import type { Basis } from '@droplock/rules/listings'
import type { z } from '@hono/zod-openapi'
import type { ConsoleApi } from '../console-api.ts'
import { sortedPageOf } from './paging.ts'

export function routeListings(app: ConsoleApi): void {
  app.openapi(listListings, async (c) => {
    const { window_from: from, window_to: to, ...query } = c.req.valid('query')
    const page = { ...sortedPageOf(query), ...fromWire({ from, to }) }
    return reply(c, 200, ListingList, wire(await listSchedules(c.var.ctx, page)))
  })

  app.openapi(getListing, async (c) => {
    const listing = await getSchedule(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, ListingDetail, { ...wire(listing), overrides: listing.overrides.map(presentMove) })
  })

  app.openapi(previewOverride, async (c) => {
    const command = { listingId: c.req.valid('param').id, window: fromWire(c.req.valid('json')) }
    return reply(c, 200, OverridePreview, wire(await preview(c.var.ctx, command)))
  })

  app.openapi(applyOverride, async (c) => {
    const { reason, basis, ...window } = c.req.valid('json')
    const listingId = c.req.valid('param').id
    c.var.event.add({ listing_id: listingId })
    const command = { listingId, window: fromWire(window), reason, basis: readBasis(basis) }
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

/** The listing as a preview showed it, sent back. */
function readBasis({ cutoff_at, drop_from, drop_to, ...basis }: z.output<typeof WireBasis>): Basis {
  return {
    ...basis,
    cutoffAt: new Date(cutoff_at),
    dropFrom: new Date(drop_from),
    dropTo: new Date(drop_to),
  }
}

/** A row of core that says where a listing was moved from and to, in the contract's words. */
export function presentMove<Move extends { readonly before: unknown; readonly after: unknown }>(
  move: Move,
): Wire<Move> & { from: Wire<Move['before']>; to: Wire<Move['after']> } {
  return { ...wire(move), from: wire<Move['before']>(move.before), to: wire<Move['after']>(move.after) }
}
