import type { BankTransferState } from '@droplock/rules/machines/bank-transfer'
import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed, type Sorting } from '../database/page.ts'
import { type StaffRef, toStaffRef } from '../staff/read.ts'

/** A bank transfer as finance sees it. Amounts in minor units. */
export type BankTransferRow = {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly state: BankTransferState
  readonly amountMinor: bigint
  readonly currency: string
  readonly bankReference: string
  readonly note: string
  readonly recordedBy: StaffRef
  readonly recordedAt: Date
  readonly reversalReason: string | null
  readonly reversalProposedBy: StaffRef | null
  readonly reversalProposedAt: Date | null
  readonly reversalDecidedBy: StaffRef | null
  readonly reversalDecidedAt: Date | null
  /** The account's balance now; a reversal would reduce it by the amount. */
  readonly balanceMinor: bigint
}

/** Transfers with their account and the people involved. */
function selectTransfers(ctx: StaffContext) {
  return ctx.db
    .selectFrom('bank_transfer')
    .innerJoin('account', 'account.id', 'bank_transfer.account_id')
    .innerJoin('staff_account as recorder', 'recorder.id', 'bank_transfer.recorded_by')
    .leftJoin('staff_account as proposer', 'proposer.id', 'bank_transfer.reversal_proposed_by')
    .leftJoin('staff_account as decider', 'decider.id', 'bank_transfer.reversal_decided_by')
}

function withColumns(transfers: ReturnType<typeof selectTransfers>) {
  return transfers
    .selectAll('bank_transfer')
    .select([
      'account.name as account_name',
      'account.balance_minor',
      'recorder.name as recorder_name',
      'proposer.name as proposer_name',
      'decider.name as decider_name',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

function toTransferRow(row: Row): BankTransferRow {
  return {
    id: row.id,
    accountId: row.account_id,
    accountName: row.account_name,
    state: row.state,
    amountMinor: row.amount_minor,
    currency: row.currency,
    bankReference: row.bank_reference,
    note: row.note,
    recordedBy: { id: row.recorded_by, name: row.recorder_name },
    recordedAt: row.recorded_at,
    reversalReason: row.reversal_reason,
    reversalProposedBy: toStaffRef(row.reversal_proposed_by, row.proposer_name),
    reversalProposedAt: row.reversal_proposed_at,
    reversalDecidedBy: toStaffRef(row.reversal_decided_by, row.decider_name),
    reversalDecidedAt: row.reversal_decided_at,
    balanceMinor: row.balance_minor,
  }
}

/** One bank transfer. Throws Refusal: forbidden, bank_transfer_not_found. */
export async function getBankTransfer(ctx: StaffContext, id: string): Promise<BankTransferRow> {
  requirePermission(ctx, 'money:read')
  const row = await withColumns(selectTransfers(ctx)).where('bank_transfer.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('bank_transfer_not_found', 'No such transfer.', { id })
  return toTransferRow(row)
}

type ListBankTransfers = Paging & {
  readonly sort?: Sorting<'recordedAt' | 'amount' | 'state'>
  readonly state?: BankTransferState
  readonly accountId?: string
  /** Part of the bank's reference, or of the account's name. */
  readonly q?: string
}

const columns = {
  recordedAt: 'bank_transfer.recorded_at',
  amount: 'bank_transfer.amount_minor',
  state: 'bank_transfer.state',
} as const

/** Bank transfers, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listBankTransfers(
  ctx: StaffContext,
  query: ListBankTransfers,
): Promise<Listed<BankTransferRow>> {
  requirePermission(ctx, 'money:read')
  const sort = query.sort ?? { field: 'recordedAt', order: 'desc' }
  const sorted = withColumns(filtered(ctx, query))
    .orderBy(columns[sort.field], sort.order)
    .orderBy('bank_transfer.id', sort.order)
  return readListed(ctx.db, sorted, query, toTransferRow)
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
