import { limitDefault } from '@droplock/contracts/common/page'
import { listTransactions, TransactionPage } from '@droplock/contracts/gateway/list-transactions'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { present } from '../present/optional.ts'
import { presentPage } from '../present/page.ts'
import { presentTransaction } from '../present/transaction.ts'

export function routeListTransactions(app: Gateway): void {
  app.openapi(listTransactions, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const page = await c.var.services.listTransactions(c.var.actor, {
      ...present({ after: cursor }),
      limit: limit ?? limitDefault,
    })
    return reply(c, 200, TransactionPage, presentPage(page, presentTransaction))
  })
}
