import {
  getServiceOutlook,
  listOrderOfService,
  OrderOfService,
  ServiceOutlook,
} from '@droplock/contracts/console/order-of-service'
import { listOrderOfService as list } from '@droplock/core/order-of-service/list'
import { readServiceOutlook } from '@droplock/core/order-of-service/outlook'
import type { LimitsOf } from '@droplock/core/order-of-service/read-registry'
import { limitsIn } from '@droplock/epp/profiles/registrar-config'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

const limitsOf: LimitsOf = (...of) => limitsIn('drop', ...of)

export function routeOrderOfService(app: ConsoleApi): void {
  app.openapi(listOrderOfService, async (c) => {
    const { from, to, served, ...page } = c.req.valid('query')
    const query = { registryId: c.req.valid('param').id, from, to, served, ...pageOf(page) }
    const found = await list(c.var.ctx, query, limitsOf)
    return reply(c, 200, OrderOfService, wire(found))
  })

  app.openapi(getServiceOutlook, async (c) =>
    reply(c, 200, ServiceOutlook, wire(await readServiceOutlook(c.var.ctx, limitsOf))),
  )
}
