import {
  Ageing,
  getAgeing,
  getRefundSummary,
  getRevenueSummary,
  listReceivables,
  listRefundAges,
  listRefundSums,
  listRevenue,
  ReceivableList,
  RefundAgeList,
  RefundReport,
  RefundSummary,
  RevenueReport,
  RevenueSummary,
} from '@droplock/contracts/console/report'
import {
  type Aged,
  getAgeing as readAgeing,
  listReceivables as readReceivables,
  listRefundAges as readRefundAges,
} from '@droplock/core/reports/ageing'
import {
  getRefundSummary as readRefundSummary,
  listRefundSums as readRefundSums,
} from '@droplock/core/reports/refunds'
import {
  listRevenue as readRevenue,
  getRevenueSummary as readRevenueSummary,
} from '@droplock/core/reports/revenue'
import { reply } from '@droplock/http/reply'
import { fromWire, money, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeReports(app: ConsoleApi): void {
  app.openapi(listRevenue, async (c) =>
    reply(c, 200, RevenueReport, wire(await readRevenue(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(getRevenueSummary, async (c) =>
    reply(c, 200, RevenueSummary, wire(await readRevenueSummary(c.var.ctx, fromWire(c.req.valid('query'))))),
  )

  app.openapi(listRefundSums, async (c) =>
    reply(c, 200, RefundReport, wire(await readRefundSums(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(getRefundSummary, async (c) =>
    reply(c, 200, RefundSummary, wire(await readRefundSummary(c.var.ctx, fromWire(c.req.valid('query'))))),
  )

  app.openapi(listReceivables, async (c) => {
    const { items, ...counts } = await readReceivables(c.var.ctx, pageOf(c.req.valid('query')))
    return reply(c, 200, ReceivableList, {
      items: items.map((row) => ({ ...wire(row), ...agesOf(row) })),
      ...wire(counts),
    })
  })

  app.openapi(listRefundAges, async (c) => {
    const items = await readRefundAges(c.var.ctx)
    return reply(c, 200, RefundAgeList, {
      items: items.map((row) => ({ ...wire(row), ...agesOf(row) })),
      total: items.length,
    })
  })

  app.openapi(getAgeing, async (c) => {
    const { receivables, refunds } = await readAgeing(c.var.ctx)
    return reply(c, 200, Ageing, {
      receivables: receivables.map((row) => ({ ...wire(row), ...agesOf(row) })),
      refunds: refunds.map((row) => ({ ...wire(row), ...agesOf(row) })),
    })
  })
}

/** What the names of the members in core do not say: the ages. */
function agesOf({ currency, ...aged }: Aged & { readonly currency: string }) {
  return {
    days_0_30: money(aged.to30Minor, currency),
    days_31_60: money(aged.to60Minor, currency),
    days_61_90: money(aged.to90Minor, currency),
    days_over_90: money(aged.olderMinor, currency),
  }
}
