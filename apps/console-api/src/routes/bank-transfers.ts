import {
  approveReversal,
  BankTransfer,
  BankTransferList,
  listBankTransfers,
  proposeReversal,
  recordBankTransfer,
  rejectReversal,
} from '@droplock/contracts/console/bank-transfer'
import { approveReversal as approve } from '@droplock/core/bank-transfers/approve-reversal'
import { proposeReversal as propose } from '@droplock/core/bank-transfers/propose-reversal'
import { getBankTransfer, listBankTransfers as readTransfers } from '@droplock/core/bank-transfers/read'
import { recordBankTransfer as record } from '@droplock/core/bank-transfers/record'
import { rejectReversal as reject } from '@droplock/core/bank-transfers/reject-reversal'
import type { StaffContext } from '@droplock/core/context'
import { reply } from '@droplock/http/reply'
import type { ConsoleApi } from '../console-api.ts'
import { presentTransfer } from '../present/bank-transfer.ts'
import { given } from './given.ts'
import { sortedPagingOf } from './paging.ts'

export function routeBankTransfers(app: ConsoleApi): void {
  app.openapi(listBankTransfers, async (c) => {
    const query = c.req.valid('query')
    const { state, q, account_id: accountId } = query
    const filters = given({ state, q, accountId })
    const { items, total } = await readTransfers(c.var.ctx, { ...sortedPagingOf(query), ...filters })
    return reply(c, 200, BankTransferList, { items: items.map((item) => presentTransfer(item)), total })
  })

  app.openapi(recordBankTransfer, async (c) => {
    const body = c.req.valid('json')
    const id = await record(c.var.ctx, {
      accountId: body.account_id,
      amountMinor: BigInt(body.amount_minor),
      currency: body.currency,
      bankReference: body.bank_reference,
      note: body.note,
    })
    c.var.event.add({ bank_transfer_id: id, account_id: body.account_id })
    return reply(c, 201, BankTransfer, await shown(c.var.ctx, id))
  })

  app.openapi(proposeReversal, async (c) => {
    const bankTransferId = c.req.valid('param').id
    c.var.event.add({ bank_transfer_id: bankTransferId })
    await propose(c.var.ctx, { bankTransferId, reason: c.req.valid('json').reason })
    return reply(c, 200, BankTransfer, await shown(c.var.ctx, bankTransferId))
  })

  app.openapi(approveReversal, async (c) => {
    const bankTransferId = c.req.valid('param').id
    c.var.event.add({ bank_transfer_id: bankTransferId })
    await approve(c.var.ctx, { bankTransferId, ...given(c.req.valid('json')) })
    return reply(c, 200, BankTransfer, await shown(c.var.ctx, bankTransferId))
  })

  app.openapi(rejectReversal, async (c) => {
    const bankTransferId = c.req.valid('param').id
    c.var.event.add({ bank_transfer_id: bankTransferId })
    await reject(c.var.ctx, { bankTransferId, note: c.req.valid('json').note })
    return reply(c, 200, BankTransfer, await shown(c.var.ctx, bankTransferId))
  })
}

async function shown(ctx: StaffContext, id: string) {
  return presentTransfer(await getBankTransfer(ctx, id))
}
