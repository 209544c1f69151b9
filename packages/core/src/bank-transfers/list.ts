import type { BankTransferState } from '@droplock/rules/machines/bank-transfer'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type BankTransferRow, selectTransfers, toTransferRow, withColumns } from './transfer-view.ts'

export type ListBankTransfers = Paging & {
  readonly sort?: Sorting<'recordedAt' | 'amount' | 'state'>
  readonly state?: BankTransferState
  readonly accountId?: string
  /** A part of the bank's reference, or of the account's name. */
  readonly q?: string
}

const columns = {
  recordedAt: 'bank_transfer.recorded_at',
  amount: 'bank_transfer.amount_minor',
  state: 'bank_transfer.state',
} as const

/** Transfers to the bank, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listBankTransfers(
  ctx: StaffContext,
  query: ListBankTransfers,
): Promise<Listed<BankTransferRow>> {
  requirePermission(ctx, 'money:read')
  const sort = query.sort ?? { field: 'recordedAt', order: 'desc' }
  const sorted = withColumns(filtered(ctx, query))
    .orderBy(columns[sort.field], sort.order)
    .orderBy('bank_transfer.id', sort.order)
  return readListed(sorted, query, toTransferRow)
}

function filtered(ctx: StaffContext, { state, accountId, q }: ListBankTransfers) {
  let matching = selectTransfers(ctx)
  if (state !== undefined) matching = matching.where('bank_transfer.state', '=', state)
  if (accountId !== undefined) matching = matching.where('bank_transfer.account_id', '=', accountId)
  if (q === undefined) return matching
  const part = `%${escapeLike(q)}%`
  return matching.where((eb) =>
    eb.or([eb('bank_transfer.bank_reference', 'ilike', part), eb('account.name', 'ilike', part)]),
  )
}
