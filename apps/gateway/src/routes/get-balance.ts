import { Balance, getBalance } from '@droplock/contracts/gateway/get-balance'
import { reply } from '@droplock/http/reply'
import type { Gateway } from '../gateway.ts'
import { presentMoney } from '../present/money.ts'

export function routeGetBalance(app: Gateway): void {
  app.openapi(getBalance, async (c) => {
    const { balanceMinor, escrowMinor, currency } = await c.var.services.getBalance(c.var.actor)
    return reply(c, 200, Balance, {
      balance: presentMoney(balanceMinor, currency),
      in_escrow: presentMoney(escrowMinor, currency),
    })
  })
}
