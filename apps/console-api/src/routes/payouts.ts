import {
  getPayout,
  listPayoutMovements,
  listPayouts,
  matchPayout,
  PayoutDetail,
  PayoutList,
  PayoutMovementList,
  unmatchPayout,
} from '@droplock/contracts/console/payout'
import { matchPayout as match } from '@droplock/core/payouts/match'
import {
  listPayoutMovements as readMovements,
  getPayout as readPayout,
  listPayouts as readPayouts,
} from '@droplock/core/payouts/read'
import { unmatchPayout as unmatch } from '@droplock/core/payouts/unmatch'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf, sortedPageOf } from './paging.ts'

export function routePayouts(app: ConsoleApi): void {
  app.openapi(listPayouts, async (c) => {
    const { matched, ...query } = c.req.valid('query')
    const page = { ...sortedPageOf(query), ...(matched !== undefined && { isMatched: matched }) }
    return reply(c, 200, PayoutList, wire(await readPayouts(c.var.ctx, page)))
  })

  app.openapi(getPayout, async (c) =>
    reply(c, 200, PayoutDetail, wire(await readPayout(c.var.ctx, c.req.valid('param').id))),
  )

  app.openapi(listPayoutMovements, async (c) => {
    const page = { payoutId: c.req.valid('param').id, ...pageOf(c.req.valid('query')) }
    return reply(c, 200, PayoutMovementList, wire(await readMovements(c.var.ctx, page)))
  })

  app.openapi(matchPayout, async (c) => {
    const payoutId = c.req.valid('param').id
    c.var.event.add({ payout_id: payoutId })
    await match(c.var.ctx, { payoutId, ...fromWire(c.req.valid('json')) })
    return reply(c, 200, PayoutDetail, wire(await readPayout(c.var.ctx, payoutId)))
  })

  app.openapi(unmatchPayout, async (c) => {
    const payoutId = c.req.valid('param').id
    c.var.event.add({ payout_id: payoutId })
    await unmatch(c.var.ctx, { payoutId, ...c.req.valid('json') })
    return reply(c, 200, PayoutDetail, wire(await readPayout(c.var.ctx, payoutId)))
  })
}
