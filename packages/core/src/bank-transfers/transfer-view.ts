import type { BankTransferState } from '@droplock/rules/machines/bank-transfer'
import type { StaffContext } from '../context.ts'
import { type StaffRef, toStaffRef } from '../staff/ref-view.ts'

/** A transfer to the bank as finance sees it. Amounts in minor units. */
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
  /** Of the account now: what a reversal would leave is this less the amount. */
  readonly balanceMinor: bigint
}

/** Transfers with their accounts and the people. */
export function selectTransfers(ctx: StaffContext) {
  return ctx.db
    .selectFrom('bank_transfer')
    .innerJoin('account', 'account.id', 'bank_transfer.account_id')
    .innerJoin('staff_account as recorder', 'recorder.id', 'bank_transfer.recorded_by')
    .leftJoin('staff_account as proposer', 'proposer.id', 'bank_transfer.reversal_proposed_by')
    .leftJoin('staff_account as decider', 'decider.id', 'bank_transfer.reversal_decided_by')
}

export function withColumns(transfers: ReturnType<typeof selectTransfers>) {
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

export function toTransferRow(row: Row): BankTransferRow {
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
