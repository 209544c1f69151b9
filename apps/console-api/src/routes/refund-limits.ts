import { listRefundLimits, RefundLimitList, setRefundLimit } from '@droplock/contracts/console/refund-limit'
import type { StaffContext } from '@droplock/core/context'
import { listRefundLimits as readLimits } from '@droplock/core/refunds/read'
import { setRefundLimit as setLimit } from '@droplock/core/refunds/set-limit'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'

export function routeRefundLimits(app: ConsoleApi): void {
  app.openapi(listRefundLimits, async (c) => reply(c, 200, RefundLimitList, await shown(c.var.ctx)))

  app.openapi(setRefundLimit, async (c) => {
    await setLimit(c.var.ctx, fromWire(c.req.valid('json')))
    return reply(c, 200, RefundLimitList, await shown(c.var.ctx))
  })
}

async function shown(ctx: StaffContext) {
  const limits = await readLimits(ctx)
  return { items: wire(limits), total: limits.length }
}
