import {
  closeReconciliationItem,
  getReconciliationItem,
  listReconciliationItems,
  listReconciliationRuns,
  ReconciliationItem,
  ReconciliationItemList,
  ReconciliationRunList,
} from '@droplock/contracts/console/reconciliation'
import { closeReconciliationItem as close } from '@droplock/core/reconciliation/close-item'
import {
  getReconciliationItem as readItem,
  listReconciliationItems as readItems,
  listReconciliationRuns as readRuns,
} from '@droplock/core/reconciliation/read'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { presentReconciliationItem } from '../present/reconciliation-item.ts'
import { wire } from '../present/wire.ts'
import { given } from './given.ts'
import { pagingOf, sortedPagingOf } from './paging.ts'

export function routeReconciliation(app: ConsoleApi): void {
  app.openapi(listReconciliationItems, async (c) => {
    const query = c.req.valid('query')
    const { side, kind, open: isOpen } = query
    const { items, total } = await readItems(c.var.ctx, {
      ...sortedPagingOf(query),
      ...given({ side, kind, isOpen }),
    })
    return reply(c, 200, ReconciliationItemList, { items: items.map(presentReconciliationItem), total })
  })

  app.openapi(getReconciliationItem, async (c) => {
    const item = await readItem(c.var.ctx, c.req.valid('param').id)
    return reply(c, 200, ReconciliationItem, presentReconciliationItem(item))
  })

  app.openapi(closeReconciliationItem, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ reconciliation_item_id: id })
    await close(c.var.ctx, id, c.req.valid('json').note)
    return reply(c, 200, ReconciliationItem, presentReconciliationItem(await readItem(c.var.ctx, id)))
  })

  app.openapi(listReconciliationRuns, async (c) => {
    const { items, total } = await readRuns(c.var.ctx, pagingOf(c.req.valid('query')))
    return reply(c, 200, ReconciliationRunList, { items: wire(items), total })
  })
}
