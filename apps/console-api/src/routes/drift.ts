import { DriftList, listDrift, listObservedDrops, ObservedDropList } from '@droplock/contracts/console/drift'
import { listDrift as readDrift, listObservedDrops as readObserved } from '@droplock/core/observed/read'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeDrift(app: ConsoleApi): void {
  app.openapi(listDrift, async (c) => {
    const page = pageOf(c.req.valid('query'))
    return reply(c, 200, DriftList, wire(await readDrift(c.var.ctx, page)))
  })

  app.openapi(listObservedDrops, async (c) => {
    const query = { ...c.req.valid('param'), ...pageOf(c.req.valid('query')) }
    return reply(c, 200, ObservedDropList, wire(await readObserved(c.var.ctx, query)))
  })
}
