import { listRefundLimits, RefundLimitList, setRefundLimit } from '@droplock/contracts/console/refund-limit'
import type { StaffContext } from '@droplock/core/context'
import { listRefundLimits as readLimits } from '@droplock/core/refunds/read'
import { setRefundLimit as setLimit } from '@droplock/core/refunds/set-limit'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { presentMoney } from '../present/money.ts'

export function routeRefundLimits(app: ConsoleApi): void {
  app.openapi(listRefundLimits, async (c) => reply(c, 200, RefundLimitList, await shown(c.var.ctx)))

  app.openapi(setRefundLimit, async (c) => {
    const { currency, alone_minor: aloneMinor, grant_alone_minor: grantAlone, reason } = c.req.valid('json')
    const limits = {
      aloneMinor: BigInt(aloneMinor),
      ...(grantAlone !== undefined && { grantAloneMinor: BigInt(grantAlone) }),
    }
    await setLimit(c.var.ctx, { currency, ...limits, reason })
    return reply(c, 200, RefundLimitList, await shown(c.var.ctx))
  })
}

async function shown(ctx: StaffContext) {
  const limits = await readLimits(ctx)
  const items = limits.map(({ currency, aloneMinor, grantAloneMinor }) => ({
    currency,
    alone: presentMoney(aloneMinor, currency),
    grant_alone: presentMoney(grantAloneMinor, currency),
  }))
  return { items, total: items.length }
}
