import { decideReversalProposal } from '@droplock/rules/bank-transfers'
import { bankTransferMachine } from '@droplock/rules/machines/bank-transfer'
import { next } from '@droplock/rules/machines/machine'
import { changeWithAudit } from '../audit/change.ts'
import type { StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { lockTransfer } from '../locks.ts'

type ProposeReversal = { readonly bankTransferId: string; readonly reason: string }

/**
 * Proposes to reverse a credited bank transfer, as a whole; another person decides, and no money moves before. Throws Refusal:
 * forbidden, reason_required, bank_transfer_not_found, transfer_not_reversible, try_again.
 */
export async function proposeReversal(ctx: StaffContext, proposal: ProposeReversal): Promise<void> {
  const { bankTransferId: id, reason: given } = proposal
  const change = { permission: 'transfers:record', subject: ['bank_transfer', id], reason: given } as const
  await changeWithAudit(ctx, change, async (tx, reason) => {
    const { account, transfer, facts } = await lockTransfer(tx, id)
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
      .where('id', '=', id)
      .execute()
    const { amount_minor, currency, bank_reference } = transfer
    return {
      action: 'bank_transfer.reversal_proposed',
      before: { state: transfer.state },
      after: { state, name: account.name, amount_minor, currency, bank_reference },
    }
  })
}
