import { limitDefault } from '@droplock/contracts/common/page'
import { BackorderPage, listBackorders } from '@droplock/contracts/gateway/list-backorders'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentBackorder } from '../present/backorder.ts'
import { present } from '../present/optional.ts'
import { presentPage } from '../present/page.ts'

export function routeListBackorders(app: Gateway): void {
  app.openapi(listBackorders, async (c) => {
    const { state, cursor, limit } = c.req.valid('query')
    const page = await c.var.services.listBackorders(c.var.actor, {
      ...present({ state, after: cursor }),
      limit: limit ?? limitDefault,
    })
    return reply(c, 200, BackorderPage, presentPage(page, presentBackorder))
  })
}
