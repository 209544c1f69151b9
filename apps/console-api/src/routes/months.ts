import { getMonth, listMonths, MonthDetail, MonthList } from '@droplock/contracts/console/month'
import type { MonthBalance } from '@droplock/core/months/figures'
import { type MonthRow, getMonth as readMonth, listMonths as readMonths } from '@droplock/core/months/read'
import { reply } from '@droplock/http/reply'
import { money, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeMonths(app: ConsoleApi): void {
  app.openapi(listMonths, async (c) => {
    const { items, ...counts } = await readMonths(c.var.ctx, pageOf(c.req.valid('query')))
    return reply(c, 200, MonthList, { items: items.map(presentMonth), ...wire(counts) })
  })

  app.openapi(getMonth, async (c) => {
    const { balances, openItems, obstacles, hash, ...row } = await readMonth(
      c.var.ctx,
      c.req.valid('param').id,
    )
    return reply(c, 200, MonthDetail, {
      ...presentMonth(row),
      ...wire({ openItems, obstacles, hash }),
      balances: balances.map(presentBalance),
    })
  })
}

function presentMonth({ month, ...row }: MonthRow) {
  return { id: month, ...wire(row) }
}

function presentBalance(balance: MonthBalance) {
  const { currency } = balance
  return {
    ledger_account: balance.ledgerAccount,
    opening: money(balance.openingMinor, currency),
    debit: money(balance.debitMinor, currency),
    credit: money(balance.creditMinor, currency),
    closing: money(balance.closingMinor, currency),
    postings: balance.postings,
  }
}
