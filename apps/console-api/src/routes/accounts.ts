import {
  Account,
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
import type { ConsoleApi } from '../console-api.ts'
import { presentAccount, presentStatement, presentTransaction } from '../present/account.ts'
import { given } from './given.ts'
import { pagingOf, sortedPagingOf } from './paging.ts'

export function routeAccounts(app: ConsoleApi): void {
  app.openapi(listAccounts, async (c) => {
    const query = c.req.valid('query')
    const { q, currency, owing } = query
    const filters = given({ q, currency, owing })
    const { items, total } = await readAccounts(c.var.ctx, { ...sortedPagingOf(query), ...filters })
    return reply(c, 200, AccountList, { items: items.map((item) => presentAccount(item)), total })
  })

  app.openapi(getAccount, async (c) =>
    reply(c, 200, Account, presentAccount(await readAccount(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(getAccountStatement, async (c) => {
    const statement = await readStatement(c.var.ctx, c.req.valid('param').id, c.req.valid('query'))
    return reply(c, 200, Statement, presentStatement(statement))
  })

  app.openapi(listAccountTransactions, async (c) => {
    const query = c.req.valid('query')
    const { items, total } = await readTransactions(c.var.ctx, {
      accountId: c.req.valid('param').id,
      ...pagingOf(query),
      ...given({ from: query.from, to: query.to }),
    })
    const lines = items.map((item) => presentTransaction(item))
    return reply(c, 200, AccountTransactionList, { items: lines, total })
  })

  app.openapi(setCreditLimit, async (c) => {
    const accountId = c.req.valid('param').id
    c.var.event.add({ account_id: accountId })
    const { limit_minor: limitMinor, reason } = c.req.valid('json')
    await setCredit(c.var.ctx, { accountId, limitMinor: BigInt(limitMinor), reason })
    return reply(c, 200, Account, presentAccount(await readAccount(c.var.ctx, accountId)))
  })

  app.openapi(setHoldLimits, async (c) => {
    const accountId = c.req.valid('param').id
    c.var.event.add({ account_id: accountId })
    const { before_paid: beforePaid, after_paid: afterPaid, reason } = c.req.valid('json')
    await setHolds(c.var.ctx, { accountId, beforePaid, afterPaid, reason })
    return reply(c, 200, Account, presentAccount(await readAccount(c.var.ctx, accountId)))
  })
}
