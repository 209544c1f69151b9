import { requireDecidableReversal } from '@droplock/rules/bank-transfers'
import { bankTransferMachine } from '@droplock/rules/machines/bank-transfer'
import { next } from '@droplock/rules/machines/machine'
import { changeWithAudit } from '../audit/change.ts'
import type { StaffContext } from '../context.ts'
import { lockTransfer } from '../locks.ts'

type RejectReversal = { readonly bankTransferId: string; readonly note: string }

/**
 * Rejects a proposed reversal: the credit stays, and a reversal can be proposed again; the audit keeps this proposal. Throws Refusal:
 * forbidden, reason_required, bank_transfer_not_found, reversal_not_proposed, decider_is_proposer, try_again.
 */
export async function rejectReversal(ctx: StaffContext, decision: RejectReversal): Promise<void> {
  const { bankTransferId: id, note: reason } = decision
  const change = { permission: 'transfers:decide', subject: ['bank_transfer', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const { account, transfer, facts } = await lockTransfer(tx, id)
    requireDecidableReversal(facts, ctx.actor.staffId)
    const { state: stateBefore, reversal_reason, reversal_proposed_by } = transfer
    const state = next(bankTransferMachine, stateBefore, 'reject_reversal')
    await tx
      .updateTable('bank_transfer')
      .set({ state, reversal_reason: null, reversal_proposed_by: null, reversal_proposed_at: null })
      .where('id', '=', id)
      .execute()
    return {
      action: 'bank_transfer.reversal_rejected',
      before: { state: stateBefore, reversal_reason, reversal_proposed_by },
      after: { state, name: account.name },
    }
  })
}
