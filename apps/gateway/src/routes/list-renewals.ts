import { limitDefault } from '@droplock/contracts/common/page'
import { listRenewals, RenewalPage } from '@droplock/contracts/gateway/list-renewals'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { present } from '../present/optional.ts'
import { presentPage } from '../present/page.ts'
import { presentRenewal } from '../present/renewal.ts'

export function routeListRenewals(app: Gateway): void {
  app.openapi(listRenewals, async (c) => {
    const { state, cursor, limit } = c.req.valid('query')
    const page = await c.var.services.listRenewals(c.var.actor, {
      ...present({ state, after: cursor }),
      limit: limit ?? limitDefault,
    })
    return reply(c, 200, RenewalPage, presentPage(page, presentRenewal))
  })
}
