import { limitDefault } from '@droplock/contracts/common/page'
import { listWatches, WatchPage } from '@droplock/contracts/gateway/watches'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { present } from '../present/optional.ts'
import { presentPage } from '../present/page.ts'
import { presentWatch } from '../present/watch.ts'

export function routeListWatches(app: Gateway): void {
  app.openapi(listWatches, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const page = await c.var.services.listWatches(c.var.actor, {
      ...present({ after: cursor }),
      limit: limit ?? limitDefault,
    })
    return reply(c, 200, WatchPage, presentPage(page, presentWatch))
  })
}
