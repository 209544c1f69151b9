import {
  closeReconciliationItem,
  getReconciliationItem,
  getReconciliationRequest,
  listReconciliationItems,
  listReconciliationRuns,
  ReconciliationItem,
  ReconciliationItemList,
  ReconciliationProgress,
  ReconciliationRunList,
  requestReconciliation,
} from '@droplock/contracts/console/reconciliation'
import type { StaffContext } from '@droplock/core/context'
import { closeReconciliationItem as close } from '@droplock/core/reconciliation/close-item'
import {
  type ReconciliationItem as Item,
  type ItemAmount,
  getReconciliationItem as readItem,
  listReconciliationItems as readItems,
  listReconciliationRuns as readRuns,
} from '@droplock/core/reconciliation/read'
import { readLastRequest, requestReconciliation as request } from '@droplock/core/reconciliation/request'
import { reply } from '@droplock/http/reply'
import { money, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf, sortedPageOf } from './paging.ts'

export function routeReconciliation(app: ConsoleApi): void {
  app.openapi(listReconciliationItems, async (c) => {
    const { open, ...query } = c.req.valid('query')
    const page = { ...sortedPageOf(query), ...(open !== undefined && { isOpen: open }) }
    const { items, ...counts } = await readItems(c.var.ctx, page)
    return reply(c, 200, ReconciliationItemList, { items: items.map(presentItem), ...wire(counts) })
  })

  app.openapi(getReconciliationItem, async (c) => {
    const item = await readItem(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, ReconciliationItem, presentItem(item))
  })

  app.openapi(closeReconciliationItem, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ reconciliation_item_id: id })
    await close(c.var.ctx, id, c.req.valid('json').note)
    return reply(c, 200, ReconciliationItem, presentItem(await readItem(c.var.ctx, id)))
  })

  app.openapi(listReconciliationRuns, async (c) => {
    const runs = await readRuns(c.var.ctx, pageOf(c.req.valid('query')))
    return reply(c, 200, ReconciliationRunList, wire(runs))
  })

  app.openapi(getReconciliationRequest, async (c) =>
    reply(c, 200, ReconciliationProgress, await readProgress(c.var.ctx)),
  )

  app.openapi(requestReconciliation, async (c) => {
    const id = await request(c.var.ctx, c.req.valid('json').reason)
    c.var.event.add({ reconciliation_request_id: id })
    return reply(c, 201, ReconciliationProgress, await readProgress(c.var.ctx))
  })
}

async function readProgress(ctx: StaffContext) {
  const last = await readLastRequest(ctx)
  return last === undefined ? {} : { request: wire(last) }
}

function presentItem({ ours, theirs, ...item }: Item) {
  return { ...wire(item), ours: amountOf(ours), theirs: amountOf(theirs) }
}

function amountOf(amount: ItemAmount | null) {
  return amount === null ? undefined : money(amount.amountMinor, amount.currency)
}
