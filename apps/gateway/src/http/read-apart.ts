import type { AccountContext } from '@droplock/core/context'
import { withinRequest } from '@droplock/http/within-request'
import type { MiddlewareHandler } from 'hono'
import type { Dependencies, Environment } from '../gateway.ts'

/**
 * Has the operation read over connections of its own, and no longer than its request lasts; `mayBeOld`: from a standby, where there is one.
 * Mount it behind `authenticate`.
 */
export function readApart(
  { modes, requestMsMax }: Dependencies,
  mayBeOld = false,
): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const lot = modes[c.var.mode]?.lot
    if (lot === undefined) return next()
    const { ctx } = c.var
    // Its time runs while it waits for its turn; a client that has gone meanwhile has nothing read.
    await withinRequest(c.req.raw, requestMsMax, async (bounds) => {
      const { accountId } = ctx.actor
      const reads = (mayBeOld ? lot.searches : undefined) ?? lot.reads
      const endTurn = await lot.take(accountId)
      const apart: AccountContext = { ...ctx, db: reads.within({ ...bounds, accountId }) }
      c.set('ctx', apart)
      c.set('streaming', {
        db: reads.within({ signal: c.req.raw.signal, untilMs: Number.POSITIVE_INFINITY, accountId }),
      })
      await next().finally(endTurn)
    })
  }
}
