import {
  GoodwillCreditList,
  LedgerMoveList,
  listGoodwill,
  listLedger,
} from '@droplock/contracts/console/ledger'
import { listGoodwill as readGoodwill } from '@droplock/core/goodwill/read'
import { listLedger as readLedger } from '@droplock/core/ledger/read'
import { reply } from '@droplock/http/reply'
import { wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routeLedger(app: ConsoleApi): void {
  app.openapi(listLedger, async (c) => {
    const moves = await readLedger(c.var.ctx, pageOf(c.req.valid('query')))
    return reply(c, 200, LedgerMoveList, wire(moves))
  })

  app.openapi(listGoodwill, async (c) => {
    const credits = await readGoodwill(c.var.ctx, pageOf(c.req.valid('query')))
    return reply(c, 200, GoodwillCreditList, wire(credits))
  })
}
