import { getStatement } from '@droplock/contracts/gateway/get-statement'
import { Statement } from '@droplock/contracts/gateway/statement'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentMoney } from '../present/money.ts'

export function routeGetStatement(app: Gateway): void {
  app.openapi(getStatement, async (c) => {
    const { currency, ...statement } = await c.var.services.getStatement(c.var.actor, c.req.valid('query'))
    return reply(c, 200, Statement, {
      from: statement.from.toISOString(),
      to: statement.to.toISOString(),
      opening: presentMoney(statement.openingMinor, currency),
      activity: statement.activity.map(({ cause, count, creditMinor, debitMinor }) => ({
        cause,
        count,
        credit: presentMoney(creditMinor, currency),
        debit: presentMoney(debitMinor, currency),
      })),
      closing: presentMoney(statement.closingMinor, currency),
    })
  })
}
