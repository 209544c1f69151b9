import {
  Account,
  AccountDetail,
  AccountList,
  AccountTransactionList,
  getAccount,
  getAccountStatement,
  listAccounts,
  listAccountTransactions,
  Statement,
  setCreditLimit,
  setHoldLimits,
} from '@droplock/contracts/console/accounts'
import { setHoldLimits as setHolds } from '@droplock/core/accounts/administer'
import { getAccount as readAccount, listAccounts as readAccounts } from '@droplock/core/accounts/read'
import { setCreditLimit as setCredit } from '@droplock/core/accounts/set-credit-limit'
import {
  getAccountStatement as readStatement,
  listAccountTransactions as readTransactions,
} from '@droplock/core/accounts/statement'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf, sortedPageOf } from './paging.ts'

export function routeAccounts(app: ConsoleApi): void {
  app.openapi(listAccounts, async (c) => {
    const accounts = await readAccounts(c.var.ctx, sortedPageOf(c.req.valid('query')))
    return reply(c, 200, AccountList, wire(accounts))
  })

  app.openapi(getAccount, async (c) =>
    reply(c, 200, AccountDetail, wire(await readAccount(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(getAccountStatement, async (c) => {
    const statement = await readStatement(c.var.ctx, c.req.valid('param').id, c.req.valid('query'))
    return reply(c, 200, Statement, wire(statement))
  })

  app.openapi(listAccountTransactions, async (c) => {
    const [accountId, page] = [c.req.valid('param').id, pageOf(c.req.valid('query'))]
    const transactions = await readTransactions(c.var.ctx, { accountId, ...page })
    return reply(c, 200, AccountTransactionList, wire(transactions))
  })

  app.openapi(setCreditLimit, async (c) => {
    const accountId = c.req.valid('param').id
    c.var.event.add({ account_id: accountId })
    await setCredit(c.var.ctx, { accountId, ...fromWire(c.req.valid('json')) })
    return reply(c, 200, Account, wire(await readAccount(c.var.ctx, accountId)))
  })

  app.openapi(setHoldLimits, async (c) => {
    const accountId = c.req.valid('param').id
    c.var.event.add({ account_id: accountId })
    await setHolds(c.var.ctx, { accountId, ...fromWire(c.req.valid('json')) })
    return reply(c, 200, Account, wire(await readAccount(c.var.ctx, accountId)))
  })
}
