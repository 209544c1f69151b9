import { Balance, getBalance } from '@droplock/contracts/gateway/get-balance'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentMoney } from '../present/money.ts'

export function routeGetBalance(app: Gateway): void {
  app.openapi(getBalance, async (c) => {
    const { currency, ...balance } = await c.var.services.getBalance(c.var.actor)
    return reply(c, 200, Balance, {
      balance: presentMoney(balance.balanceMinor, currency),
      credit_limit: presentMoney(balance.creditLimitMinor, currency),
      available: presentMoney(balance.availableMinor, currency),
      in_escrow: presentMoney(balance.escrowMinor, currency),
    })
  })
}
