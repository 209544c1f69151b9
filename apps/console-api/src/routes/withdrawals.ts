import { ListingDetail } from '@droplock/contracts/console/listings'
import {
  BlockedName,
  BlockedNameList,
  BlockResults,
  blockNames,
  ConfirmationAnswerList,
  listBlockedNames,
  listConfirmationAnswers,
  listWithdrawals,
  unblockName,
  WithdrawalList,
  withdrawListing,
} from '@droplock/contracts/console/withdrawals'
import { blockNames as block } from '@droplock/core/blocked-names/block'
import { getBlockedName, listBlockedNames as readBlocked } from '@droplock/core/blocked-names/read'
import { unblockName as unblock } from '@droplock/core/blocked-names/unblock'
import { getSchedule } from '@droplock/core/schedule/read'
import { listAnswers, listWithdrawals as readWithdrawals } from '@droplock/core/withdrawals/read'
import { withdrawFree } from '@droplock/core/withdrawals/withdraw-free'
import { reply } from '@droplock/http/reply'
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { presentMove } from './listings.ts'
import { pageOf } from './paging.ts'

export function routeWithdrawals(app: ConsoleApi): void {
  app.openapi(listWithdrawals, async (c) =>
    reply(c, 200, WithdrawalList, wire(await readWithdrawals(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(listConfirmationAnswers, async (c) => {
    const query = { listingId: c.req.valid('param').id, ...pageOf(c.req.valid('query')) }
    return reply(c, 200, ConfirmationAnswerList, wire(await listAnswers(c.var.ctx, query)))
  })

  app.openapi(withdrawListing, async (c) => {
    const listingId = c.req.valid('param').id
    c.var.event.add({ listing_id: listingId })
    await withdrawFree(c.var.ctx, { listingId, ...c.req.valid('json') })
    const listing = await getSchedule(c.var.ctx, listingId)
    return reply(c, 200, ListingDetail, { ...wire(listing), overrides: listing.overrides.map(presentMove) })
  })

  app.openapi(listBlockedNames, async (c) =>
    reply(c, 200, BlockedNameList, wire(await readBlocked(c.var.ctx, pageOf(c.req.valid('query'))))),
  )

  app.openapi(blockNames, async (c) => {
    const command = { untilAt: null, ...fromWire(c.req.valid('json')) }
    const items = await block(c.var.ctx, command)
    return reply(c, 200, BlockResults, wire({ items, dryRun: command.dryRun }))
  })

  app.openapi(unblockName, async (c) => {
    const { id } = c.req.valid('param')
    c.var.event.add({ block_id: id })
    await unblock(c.var.ctx, { id, ...c.req.valid('json') })
    return reply(c, 200, BlockedName, wire(await getBlockedName(c.var.ctx, id)))
  })
}
