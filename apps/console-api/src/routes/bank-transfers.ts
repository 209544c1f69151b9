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
import { fromWire, wire } from '@droplock/http/wire'
import type { ConsoleApi } from '../console-api.ts'
import { sortedPageOf } from './paging.ts'

export function routeBankTransfers(app: ConsoleApi): void {
  app.openapi(listBankTransfers, async (c) => {
    const transfers = await readTransfers(c.var.ctx, sortedPageOf(c.req.valid('query')))
    return reply(c, 200, BankTransferList, wire(transfers))
  })

  app.openapi(recordBankTransfer, async (c) => {
    const transfer = fromWire(c.req.valid('json'))
    const id = await record(c.var.ctx, transfer)
    c.var.event.add({ bank_transfer_id: id, account_id: transfer.accountId })
    return reply(c, 201, BankTransfer, await shown(c.var.ctx, id))
  })

  app.openapi(proposeReversal, async (c) => {
    const bankTransferId = c.req.valid('param').id
    c.var.event.add({ bank_transfer_id: bankTransferId })
    await propose(c.var.ctx, { bankTransferId, ...c.req.valid('json') })
    return reply(c, 200, BankTransfer, await shown(c.var.ctx, bankTransferId))
  })

  app.openapi(approveReversal, async (c) => {
    const bankTransferId = c.req.valid('param').id
    c.var.event.add({ bank_transfer_id: bankTransferId })
    await approve(c.var.ctx, { bankTransferId, ...fromWire(c.req.valid('json')) })
    return reply(c, 200, BankTransfer, await shown(c.var.ctx, bankTransferId))
  })

  app.openapi(rejectReversal, async (c) => {
    const bankTransferId = c.req.valid('param').id
    c.var.event.add({ bank_transfer_id: bankTransferId })
    await reject(c.var.ctx, { bankTransferId, ...c.req.valid('json') })
    return reply(c, 200, BankTransfer, await shown(c.var.ctx, bankTransferId))
  })
}

async function shown(ctx: StaffContext, id: string) {
  return wire(await getBankTransfer(ctx, id))
}
