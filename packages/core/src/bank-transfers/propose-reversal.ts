import { bankTransferMachine } from '@droplock/rules/machines/bank-transfer'
import { next } from '@droplock/rules/machines/machine'
import { decideReversalProposal } from '@droplock/rules/transfers/decide-reversal'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockTransfer } from './lock.ts'

export type ProposeReversal = { readonly bankTransferId: string; readonly reason: string }

/**
 * Proposes to take a credited transfer back, whole; another person decides, and nothing moves before. Throws Refusal: forbidden,
 * reason_required, bank_transfer_not_found, transfer_not_reversible, try_again.
 */
export async function proposeReversal(ctx: StaffContext, proposal: ProposeReversal): Promise<void> {
  requirePermission(ctx, 'transfers:record')
  const reason = requireReason(proposal.reason)
  await inTransaction(ctx.db, async (tx) => {
    const { account, transfer, facts } = await lockTransfer(tx, proposal.bankTransferId)
    decideReversalProposal(facts)
    const state = next(bankTransferMachine, transfer.state, 'propose_reversal')
    await tx
      .updateTable('bank_transfer')
      .set({
        state,
        reversal_reason: reason,
        reversal_proposed_by: ctx.actor.staffId,
        reversal_proposed_at: await databaseTime(tx),
      })
      .where('id', '=', transfer.id)
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'bank_transfer.reversal_proposed',
      subjectType: 'bank_transfer',
      subjectId: transfer.id,
      reason,
      before: { state: transfer.state },
      after: {
        state,
        name: account.name,
        amount_minor: transfer.amount_minor,
        currency: transfer.currency,
        bank_reference: transfer.bank_reference,
      },
    })
  })
}
