import {
  AttemptList,
  BackorderDetail,
  BackorderList,
  getBackorder,
  listBackorderAttempts,
  listBackorders,
} from '@droplock/contracts/console/backorders'
import { getCase, listAttemptsOfCase, listCases } from '@droplock/core/cases/read'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { presentBackorder, presentCase } from '../present/backorder.ts'
import { presentAttempt } from '../present/timeline.ts'
import { given } from './given.ts'
import { pagingOf, sortedPagingOf } from './paging.ts'

export function routeBackorders(app: ConsoleApi): void {
  app.openapi(listBackorders, async (c) => {
    const query = c.req.valid('query')
    const { q, state, zone, failure_reason: failureReason, account_id: accountId } = query
    const { items, total } = await listCases(c.var.ctx, {
      ...sortedPagingOf(query),
      ...given({ q, state, zone, failureReason, accountId }),
      ...given({ from: query.window_from, to: query.window_to }),
    })
    return reply(c, 200, BackorderList, { items: items.map((item) => presentBackorder(item)), total })
  })

  app.openapi(getBackorder, async (c) => {
    const found = await getCase(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, BackorderDetail, presentCase(found))
  })
  app.openapi(listBackorderAttempts, async (c) => {
    const backorderId = c.req.valid('param').id
    const { items, total } = await listAttemptsOfCase(c.var.ctx, {
      backorderId,
      ...pagingOf(c.req.valid('query')),
    })
    return reply(c, 200, AttemptList, { items: items.map((item) => presentAttempt(item)), total })
  })
}
