import {
  AttemptList,
  BackorderDetail,
  BackorderList,
  getBackorder,
  listBackorderAttempts,
  listBackorders,
} from '@droplock/contracts/console/backorders'
import { getTargetEvidence, TargetEvidence } from '@droplock/contracts/console/target-evidence'
import type { TimelineEntry as WireEntry } from '@droplock/contracts/console/timeline'
import { getCase, listAttemptsOfCase, listCases } from '@droplock/core/cases/read'
import { getTargetEvidence as readEvidence } from '@droplock/core/cases/target-evidence'
import type { TimelineEntry } from '@droplock/core/cases/timeline-view'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { z } from '@hono/zod-openapi'
import type { ConsoleApi } from '../console-api.ts'
import { presentMove } from './listings.ts'
import { pageOf, sortedPageOf } from './paging.ts'

export function routeBackorders(app: ConsoleApi): void {
  app.openapi(listBackorders, async (c) => {
    const { window_from: from, window_to: to, ...query } = c.req.valid('query')
    const page = { ...sortedPageOf(query), ...fromWire({ from, to }) }
    return reply(c, 200, BackorderList, wire(await listCases(c.var.ctx, page)))
  })

  app.openapi(getBackorder, async (c) => {
    const found = await getCase(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, BackorderDetail, { ...wire(found), timeline: found.timeline.map(presentEntry) })
  })

  app.openapi(listBackorderAttempts, async (c) => {
    const [backorderId, page] = [c.req.valid('param').id, pageOf(c.req.valid('query'))]
    return reply(c, 200, AttemptList, wire(await listAttemptsOfCase(c.var.ctx, { backorderId, ...page })))
  })

  app.openapi(getTargetEvidence, async (c) => {
    return reply(c, 200, TargetEvidence, wire(await readEvidence(c.var.ctx, c.req.valid('param').id)))
  })
}

/** A move says `from` and `to`; all else has core's words. */
function presentEntry(entry: TimelineEntry): z.input<typeof WireEntry> {
  switch (entry.kind) {
    case 'moved_by_list':
    case 'kept_by_override':
    case 'suspected':
      return presentMove(entry)
    case 'override_applied':
    case 'override_undone':
      return presentMove(entry)
    default:
      return wire(entry)
  }
}
