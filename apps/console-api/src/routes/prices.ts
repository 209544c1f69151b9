import {
  explainPrice,
  FeeAnswerList,
  listFeeAnswers,
  listPriceLists,
  listPrices,
  listZoneFeeAnswers,
  PriceListList,
  PriceListOfPrices,
  PriceRules,
  PriceUpload,
  uploadPriceList,
  ZoneFeeAnswerList,
} from '@droplock/contracts/console/prices'
import {
  listReservedWords,
  ReservedUpload,
  ReservedWordList,
  uploadReservedWords,
} from '@droplock/contracts/console/reserved-words'
import {
  listFeeAnswers as readFeeAnswers,
  listZoneFeeAnswers as readZoneFeeAnswers,
} from '@droplock/core/fee-checks/read'
import {
  explainPrice as explain,
  listPriceLists as readLists,
  listPrices as readPrices,
} from '@droplock/core/prices/read'
import { uploadPrices } from '@droplock/core/prices/upload'
import { listReservedWords as readWords } from '@droplock/core/reserved-words/read'
import { uploadReserved } from '@droplock/core/reserved-words/upload'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { pageOf } from './paging.ts'

export function routePrices(app: ConsoleApi): void {
  app.openapi(listPriceLists, async (c) =>
    reply(c, 200, PriceListList, wire(await readLists(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(uploadPriceList, async (c) => {
    const command = fromWire(c.req.valid('json'))
    const upload = await uploadPrices(c.var.ctx, command)
    c.var.event.add({ price_list_id: upload.listId, rejects: upload.rejects.length })
    return reply(c, 200, PriceUpload, wire({ ...upload, dryRun: command.dryRun }))
  })

  app.openapi(listPrices, async (c) =>
    reply(c, 200, PriceListOfPrices, wire(await readPrices(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(explainPrice, async (c) =>
    reply(c, 200, PriceRules, wire({ items: await explain(c.var.ctx, c.req.valid('param').id) })),
  )

  app.openapi(listFeeAnswers, async (c) => {
    const query = { listingId: c.req.valid('param').id, ...pageOf(c.req.valid('query')) }
    return reply(c, 200, FeeAnswerList, wire(await readFeeAnswers(c.var.ctx, query)))
  })

  app.openapi(listZoneFeeAnswers, async (c) =>
    reply(c, 200, ZoneFeeAnswerList, wire(await readZoneFeeAnswers(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(listReservedWords, async (c) =>
    reply(c, 200, ReservedWordList, wire(await readWords(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(uploadReservedWords, async (c) => {
    const command = fromWire(c.req.valid('json'))
    const upload = await uploadReserved(c.var.ctx, command)
    c.var.event.add({ reserved_list_id: upload.listId, rejects: upload.rejects.length })
    return reply(c, 200, ReservedUpload, wire({ ...upload, dryRun: command.dryRun }))
  })
}
