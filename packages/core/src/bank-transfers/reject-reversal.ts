import { bankTransferMachine } from '@droplock/rules/machines/bank-transfer'
import { next } from '@droplock/rules/machines/machine'
import { decideReversalDecision } from '@droplock/rules/transfers/decide-reversal'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockTransfer } from './lock.ts'

export type RejectReversal = { readonly bankTransferId: string; readonly note: string }

/**
 * Rejects a proposed reversal: the credit stands, and a reversal can be proposed again; the audit keeps the proposal. Throws
 * Refusal: forbidden, reason_required, bank_transfer_not_found, reversal_not_proposed, decider_is_proposer, try_again.
 */
export async function rejectReversal(ctx: StaffContext, decision: RejectReversal): Promise<void> {
  requirePermission(ctx, 'transfers:decide')
  const note = requireReason(decision.note)
  await inTransaction(ctx.db, async (tx) => {
    const { account, transfer, facts } = await lockTransfer(tx, decision.bankTransferId)
    decideReversalDecision(facts, ctx.actor.staffId)
    const state = next(bankTransferMachine, transfer.state, 'reject_reversal')
    await tx
      .updateTable('bank_transfer')
      .set({ state, reversal_reason: null, reversal_proposed_by: null, reversal_proposed_at: null })
      .where('id', '=', transfer.id)
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'bank_transfer.reversal_rejected',
      subjectType: 'bank_transfer',
      subjectId: transfer.id,
      reason: note,
      before: {
        state: transfer.state,
        reversal_reason: transfer.reversal_reason,
        reversal_proposed_by: transfer.reversal_proposed_by,
      },
      after: { state, name: account.name },
    })
  })
}
