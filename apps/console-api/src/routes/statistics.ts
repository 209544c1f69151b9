import { listStatistics, OrderStatisticList } from '@droplock/contracts/console/statistics'
import { listStatistics as readStatistics } from '@droplock/core/statistics/read'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeStatistics(app: ConsoleApi): void {
  app.openapi(listStatistics, async (c) => {
    const { zone, from, to, ...page } = c.req.valid('query')
    const counted = await readStatistics(c.var.ctx, { zone, from, to, ...pageOf(page) })
    return reply(c, 200, OrderStatisticList, wire(counted))
  })
}
