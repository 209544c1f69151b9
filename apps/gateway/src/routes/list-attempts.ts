import { limitDefault } from '@droplock/contracts/common/page'
import { AttemptPage, listAttempts } from '@droplock/contracts/gateway/list-attempts'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentAttempt, presentRemoved } from '../present/evidence.ts'
import { present } from '../present/optional.ts'
import { presentPage } from '../present/page.ts'

export function routeListAttempts(app: Gateway): void {
  app.openapi(listAttempts, async (c) => {
    const { id: backorderId } = c.req.valid('param')
    const { cursor, limit } = c.req.valid('query')
    const page = await c.var.services.listAttempts(c.var.actor, {
      backorderId,
      ...present({ after: cursor }),
      limit: limit ?? limitDefault,
    })
    return reply(c, 200, AttemptPage, {
      ...presentPage(page, presentAttempt),
      ...present({ removed: presentRemoved(page.removed) }),
    })
  })
}
