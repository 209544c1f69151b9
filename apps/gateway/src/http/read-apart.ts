import type { AccountContext } from '@droplock/core/context'
import type { Reads } from '@droplock/core/database/reads'
import { openTurns } from '@droplock/http/turns'
import { withinRequest } from '@droplock/http/within-request'
import { Refusal } from '@droplock/rules/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Dependencies, Environment, ReadLot } from '../gateway.ts'

/** Requests of one account that run or wait: a burst of a busy shop, and a fifth of all who may wait. */
const OF_ONE_ACCOUNT_MAX = 100

/** Longer than this the last in line would wait for longer than a request may take. */
const WAITING_MAX = 500

export function readLotOf(reads: Reads): ReadLot {
  const bounds = { atOnceMax: reads.connectionsMax, waitingMax: WAITING_MAX, ofOneMax: OF_ONE_ACCOUNT_MAX }
  return { reads, take: openTurns(bounds, tooMany).take }
}

function tooMany(): Refusal {
  return new Refusal(
    'read_limit_reached',
    'Other searches and lists are still running. Send this one again when they are answered.',
    { at_once_max: OF_ONE_ACCOUNT_MAX },
  )
}

/** Has the operation read over connections of its own, and no longer than its request lasts. Mount it behind `authenticate`. */
export function readApart({ modes, requestMsMax }: Dependencies): MiddlewareHandler<Environment> {
  return async (c, next) => {
    const lot = modes[c.var.mode]?.lot
    if (lot === undefined) return next()
    const { ctx } = c.var
    // Its time runs while it waits for its turn; a client that has gone meanwhile has nothing read.
    await withinRequest(c.req.raw, requestMsMax, async (bounds) => {
      const endTurn = await lot.take(ctx.actor.accountId)
      const apart: AccountContext = { ...ctx, db: lot.reads.within(bounds) }
      c.set('ctx', apart)
      c.set('streaming', {
        db: lot.reads.within({ signal: c.req.raw.signal, untilMs: Number.POSITIVE_INFINITY }),
      })
      await next().finally(endTurn)
    })
  }
}
