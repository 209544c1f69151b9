import {
  listStatistics,
  listZoneOutcomes,
  OrderStatisticList,
  ZoneOutcomesList,
} from '@droplock/contracts/console/statistics'
import { listZoneOutcomes as readOutcomes } from '@droplock/core/statistics/by-zone'
import { listStatistics as readStatistics } from '@droplock/core/statistics/read'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeStatistics(app: ConsoleApi): void {
  app.openapi(listZoneOutcomes, async (c) =>
    reply(c, 200, ZoneOutcomesList, wire(await readOutcomes(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(listStatistics, async (c) => {
    const { zone, from, to, ...page } = c.req.valid('query')
    const counted = await readStatistics(c.var.ctx, { zone, from, to, ...pageOf(page) })
    return reply(c, 200, OrderStatisticList, wire(counted))
  })
}
